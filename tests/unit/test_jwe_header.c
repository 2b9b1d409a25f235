/* Which headers of encrypted tokens may stand, and which shared secrets may not? */
#include "tests/unit/support/jwe_fixture.h"

#include "lib/jose/jwe_inside.h"
#include "lib/jose/jwe_key_inside.h"

#include <stdio.h>
#include <string.h>

static struct pjwt_why why;

/* The members that every good header has, and `more`; a member that is null is left out. */
static pjwt_verdict
check(const char *more)
{
    PJWT_AUTO(json)
    json_t *header = fixture_private("{'alg':'A128KW','enc':'A128GCM','kid':'k'}", more);
    struct pjwt_jwe_header params;

    why = (struct pjwt_why){""};
    return pjwt_jwe_header_check(header, &params, &why);
}

static void
test_good_headers(void **state)
{
    (void)state;
    assert_reason(check(NULL), OK);
    assert_reason(check("{'kid':null}"), OK);
    assert_reason(check("{'typ':'JWT','cty':'JWT'}"), OK);
    assert_reason(check("{'cty':'jwt'}"), OK);
    assert_reason(check("{'cty':'application/jwt'}"), OK);
    assert_reason(check("{'iss':'https://a','x5t':'AA','other':{'a':[1]}}"), OK);
}

static void
test_names_that_refuse(void **state)
{
    (void)state;
    assert_reason(check("{'jwk':{}}"), HEADER_KEY);
    assert_reason(check("{'jku':'https://a'}"), HEADER_KEY);
    assert_reason(check("{'x5u':'https://a'}"), HEADER_KEY);
    assert_reason(check("{'x5c':[]}"), HEADER_KEY);
    assert_reason(check("{'crit':['exp']}"), HEADER_CRIT);
    assert_reason(check("{'crit':[]}"), HEADER_CRIT);
    assert_reason(check("{'zip':'DEF'}"), HEADER);
    assert_string_equal(why.text, "header parameter zip");
    assert_reason(check("{'b64':true}"), HEADER);
    assert_reason(check("{'cty':'JOSE'}"), HEADER);
    assert_reason(check("{'cty':7}"), HEADER);
    assert_reason(check("{'kid':''}"), HEADER);
    assert_reason(check("{'kid':7}"), HEADER);
    assert_reason(check("{'typ':['JWT']}"), HEADER);
}

static void
test_algorithms(void **state)
{
    static const char *const unknown[] = {"RSA1_5",
                                          "RSA-OAEP",
                                          "RSA-OAEP-384",
                                          "A192KW",
                                          "ECDH-ES+A192KW",
                                          "A128GCMKW",
                                          "PBES2-HS256+A128KW",
                                          "none",
                                          "a128kw",
                                          "A128KW ",
                                          "ES256",
                                          "A128GCM"};
    static const char *const no_enc[] = {"A192GCM", "A192CBC-HS384", "A128KW",
                                         "a128gcm", "A128CBC",       "none"};
    char more[64];

    (void)state;
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
        (void)snprintf(more, sizeof(more), "{'alg':'%s'}", unknown[i]);
        assert_reason(check(more), ALG_UNKNOWN);
    }
    for (size_t i = 0; i < sizeof(no_enc) / sizeof(no_enc[0]); i++) {
        (void)snprintf(more, sizeof(more), "{'enc':'%s'}", no_enc[i]);
        assert_reason(check(more), ALG_UNKNOWN);
    }
    assert_reason(check("{'alg':null}"), ALG_UNKNOWN);
    assert_reason(check("{'enc':null}"), ALG_UNKNOWN);
    assert_string_equal(why.text, "alg A128KW, enc absent");
    assert_reason(check("{'alg':7}"), HEADER);
    assert_reason(check("{'enc':''}"), HEADER);
    assert_reason(check("{'alg':'RSA-OAEP-256'}"), OK);
    assert_reason(check("{'enc':'A256CBC-HS512'}"), OK);
}

#define X25519_EPK \
    "'kty':'OKP','crv':'X25519','x':'hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo'"

static void
test_agreement(void **state)
{
    PJWT_AUTO(text) char *text = calloc(1, 1024);

    (void)state;
    assert_reason(check("{'alg':'ECDH-ES','epk':{" X25519_EPK "}}"), OK);
    assert_reason(check("{'alg':'ECDH-ES','epk':{" X25519_EPK "},'apu':'QQ','apv':'Qg'}"), OK);
    assert_reason(check("{'alg':'ECDH-ES'}"), HEADER);
    assert_reason(check("{'alg':'ECDH-ES','epk':[]}"), HEADER);
    assert_reason(check("{'alg':'ECDH-ES','epk':{" X25519_EPK ",'d':'AA'}}"), HEADER);
    assert_string_equal(why.text, "epk is no public key");
    assert_reason(check("{'alg':'ECDH-ES','epk':{" X25519_EPK ",'k':'AA'}}"), HEADER);
    assert_reason(check("{'alg':'ECDH-ES','epk':{" X25519_EPK "},'apu':'QR'}"), HEADER);
    assert_reason(check("{'alg':'ECDH-ES','epk':{" X25519_EPK "},'apv':'Q='}"), HEADER);
    assert_reason(check("{'alg':'ECDH-ES','epk':{" X25519_EPK "},'apv':7}"), HEADER);
    assert_reason(check("{'epk':{" X25519_EPK "}}"), HEADER);
    assert_reason(check("{'apu':'QQ'}"), HEADER);
    assert_reason(check("{'apv':'QQ'}"), HEADER);
    assert_non_null(text);
    (void)snprintf(text, 1024, "{'alg':'ECDH-ES','epk':{" X25519_EPK "},'apu':'%0342d'}", 0);
    assert_reason(check(text), HEADER); /* not canonical: 342 characters end in unused bits */
    memset(strstr(text, "'apu':'") + 7, 'A', 342);
    assert_reason(check(text), OK);
    (void)snprintf(text, 1024, "{'alg':'ECDH-ES','epk':{" X25519_EPK "},'apu':'%0344d'}", 0);
    assert_reason(check(text), HEADER);
}

/* Does the key agree on a secret with that epk? */
static bool
agrees(const json_t *jwk, const char *epk)
{
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = fixture_opener(jwk);
    PJWT_AUTO(json) json_t *header = json_object();
    const struct pjwt_wrapped wrapped = {header, pjwt_content_find("A128GCM"), {NULL, 0}};
    unsigned char cek[PJWT_CEK_MAX];

    assert_int_equal(json_object_set_new(header, "epk", fixture_json(epk)), 0);
    return key->family->unwrap(key, &wrapped, cek);
}

/* And what a login hears of it, when the epk of a good token is replaced. */
static void
refused_epk(const json_t *jwk, const char *epk)
{
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = fixture_opener(jwk);
    PJWT_AUTO(secret) struct pjwt_secret *token = fixture_encrypt(jwk, NULL, NULL, "text");
    PJWT_AUTO(secret) struct pjwt_secret *bad = NULL;
    PJWT_AUTO(json) json_t *header = NULL;
    PJWT_AUTO(text) char *dumped = NULL;
    unsigned char bytes[4096];
    size_t len = fixture_segment_bytes(token, 0, bytes);

    assert_reason(fixture_opens(token, key), OK);
    header = json_loadb((const char *)bytes, len, 0, NULL);
    assert_int_equal(json_object_set_new(header, "epk", fixture_json(epk)), 0);
    dumped = json_dumps(header, JSON_COMPACT);
    bad = fixture_with_segment(token, 0, dumped, strlen(dumped));
    assert_reason(fixture_opens(bad, key), DECRYPT);
    assert_false(agrees(jwk, epk));
}

static void
test_epk_that_is_no_key(void **state)
{
    PJWT_AUTO(secret_jwk) json_t *p256 = fixture_jwe_jwk("ECDH-ES", "P-256");
    PJWT_AUTO(secret_jwk) json_t *p384 = fixture_jwe_jwk("ECDH-ES", "P-384");
    PJWT_AUTO(secret_jwk) json_t *x25519 = fixture_jwe_jwk("ECDH-ES", "X25519");

    (void)state;
    assert_true(agrees(p256, "{" FIXTURE_P256_PUBLIC "}"));
    refused_epk(p256, "{'kty':'EC','crv':'P-256',"
                      "'x':'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',"
                      "'y':'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a4'}"); /* off the curve */
    refused_epk(p256, "{'kty':'EC','crv':'P-384',"
                      "'x':'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',"
                      "'y':'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0'}");
    refused_epk(p256, "{'kty':'EC','crv':'P-256'}");
    refused_epk(p256, "{" X25519_EPK "}");
    refused_epk(p256, "{}");
    refused_epk(p384, "{" FIXTURE_P256_PUBLIC "}");
    refused_epk(x25519, "{" FIXTURE_P256_PUBLIC "}");
    refused_epk(x25519, "{'kty':'OKP','crv':'X25519','x':'AA'}");
    assert_true(agrees(x25519, "{" X25519_EPK "}"));
}

/* The points of small order of Curve25519: the secret would be zero, known to everybody. */
static void
test_small_order(void **state)
{
    static const char *const points[] = {
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "4Ot6fDtBuK4WVuP68Z_EatoJjeucMrH9hmIFFl9JuAA",
        "X5yVvKNQjCSx0LFVnIPvWwREXMRYHI6G2CJO3dCfEVc",
        "7P_______________________________________38",
        "7f_______________________________________38",
        "7v_______________________________________38",
    };
    PJWT_AUTO(secret_jwk) json_t *jwk = fixture_jwe_jwk("ECDH-ES", "X25519");
    char epk[128];

    (void)state;
    for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
        (void)snprintf(epk, sizeof(epk), "{'kty':'OKP','crv':'X25519','x':'%s'}", points[i]);
        refused_epk(jwk, epk);
    }
    /* The base point is of large order. */
    assert_true(agrees(
        jwk, "{'kty':'OKP','crv':'X25519','x':'CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_headers),       cmocka_unit_test(test_names_that_refuse),
        cmocka_unit_test(test_algorithms),         cmocka_unit_test(test_agreement),
        cmocka_unit_test(test_epk_that_is_no_key), cmocka_unit_test(test_small_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
