/* Which JWKs are keys for encrypted tokens? */
#include "tests/unit/support/jwe_fixture.h"

#include <string.h>

static struct pjwt_why why;

/* A new key, with the members of `more` changed. */
static pjwt_verdict
opens(const char *alg, const char *crv, const char *more)
{
    PJWT_AUTO(secret_jwk) json_t *made = fixture_jwe_jwk(alg, crv);
    PJWT_AUTO(text) char *text = json_dumps(made, 0);
    PJWT_AUTO(secret_jwk) json_t *jwk = fixture_private(text, more);
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    why = (struct pjwt_why){"words of before"};
    v = pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_OPENS, &key, &why);
    assert_int_equal(pjwt_ok(v), key != NULL);
    if (pjwt_ok(v)) {
        assert_string_equal(why.text, "");
    }
    return v;
}

static void
test_shared_members(void **state)
{
    (void)state;
    assert_reason(opens("A128KW", NULL, "{'use':null}"), OK);
    assert_reason(opens("A128KW", NULL, "{'use':'sig'}"), KEY_UNUSABLE);
    assert_string_equal(why.text, "use sig");
    assert_reason(opens("A128KW", NULL, "{'use':7}"), KEY_BAD);
    assert_reason(opens("A128KW", NULL, "{'key_ops':['unwrapKey','wrapKey']}"), OK);
    assert_reason(opens("A128KW", NULL, "{'key_ops':['wrapKey']}"), KEY_UNUSABLE);
    assert_reason(opens("A128KW", NULL, "{'key_ops':['verify']}"), KEY_UNUSABLE);
    assert_reason(opens("A128KW", NULL, "{'key_ops':[]}"), KEY_UNUSABLE);
    assert_reason(opens("A128KW", NULL, "{'key_ops':'unwrapKey'}"), KEY_BAD);
    assert_reason(opens("A128KW", NULL, "{'key_ops':[7]}"), KEY_BAD);
    assert_reason(opens("A128KW", NULL, "{'key_ops':['unwrapKey','unwrapKey']}"), KEY_BAD);
    assert_reason(opens("A128KW", NULL, "{'kty':null}"), KEY_BAD);
    assert_reason(opens("A128KW", NULL, "{'kty':'AKP'}"), KEY_UNUSABLE);
    assert_reason(opens("A128KW", NULL, "{'kid':''}"), KEY_BAD);
    assert_reason(opens("A128KW", NULL, "{'kid':null}"), OK);
    assert_reason(opens("ECDH-ES", NULL, "{'crv':'P-521'}"), KEY_UNUSABLE);
    assert_reason(opens("ECDH-ES", NULL, "{'crv':null}"), KEY_UNUSABLE);
}

static void
test_the_key_fixes_the_algorithm(void **state)
{
    (void)state;
    assert_reason(opens("A128KW", NULL, "{'alg':null}"), ALG_UNPINNED);
    assert_reason(opens("ECDH-ES", NULL, "{'alg':null}"), ALG_UNPINNED);
    assert_reason(opens("A256GCM", NULL, "{'alg':'dir'}"), ALG_UNPINNED);
    assert_reason(opens("A256GCM", NULL, NULL), OK);
    assert_reason(opens("A128KW", NULL, "{'alg':'A128GCMKW'}"), KEY_UNUSABLE);
    assert_reason(opens("A128KW", NULL, "{'alg':'ECDH-ES'}"), KEY_BAD);
    assert_reason(opens("ECDH-ES", NULL, "{'alg':'A128KW'}"), KEY_BAD);
    assert_reason(opens("ECDH-ES", NULL, "{'alg':'RSA-OAEP-256'}"), KEY_BAD);
    assert_reason(opens("ECDH-ES", NULL, "{'alg':'ECDH-ES+A256KW'}"), OK);
    assert_reason(opens("ECDH-ES", NULL, "{'alg':'ES256'}"), KEY_UNUSABLE);
    assert_reason(opens("A128KW", NULL, "{'alg':7}"), KEY_BAD);
}

static void
test_rsa(void **state)
{
    PJWT_AUTO(json) json_t *plain = fixture_private(fixture_rsa, NULL);
    PJWT_AUTO(json) json_t *old = fixture_private(fixture_rsa, "{'alg':'RSA-OAEP'}");
    PJWT_AUTO(json) json_t *half = fixture_public(fixture_rsa, "{'alg':'RSA-OAEP-256'}");
    PJWT_AUTO(json)
    json_t *weak = fixture_private(fixture_rsa, "{'alg':'RSA-OAEP-256','e':'Aw'}");
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = NULL;

    (void)state;
    (void)json_object_del(plain, "alg");
    assert_reason(pjwt_jwe_key_from_jwk(old, PJWT_JWE_OPENS, &key, &why), KEY_UNUSABLE);
    assert_reason(pjwt_jwe_key_from_jwk(half, PJWT_JWE_OPENS, &key, &why), KEY_BAD);
    assert_reason(pjwt_jwe_key_from_jwk(weak, PJWT_JWE_OPENS, &key, &why), KEY_WEAK);
    assert_reason(pjwt_jwe_key_from_jwk(plain, PJWT_JWE_OPENS, &key, &why), OK);
    assert_int_equal(pjwt_jwe_key_alg(key), PJWT_JWE_RSA_OAEP_256);
    pjwt_drop_jwe_key(&key);
    assert_reason(pjwt_jwe_key_from_jwk(half, PJWT_JWE_SEALS, &key, &why), OK);
}

static void
test_parameters(void **state)
{
    (void)state;
    assert_reason(opens("A128KW", NULL, "{'k':'GawgguFyGrWKav7AX4VKUg'}"), OK);
    assert_reason(opens("A128KW", NULL, "{'k':'GawgguFyGrWKav7AX4VK'}"), KEY_BAD);
    assert_reason(opens("A256KW", NULL, "{'k':'GawgguFyGrWKav7AX4VKUg'}"), KEY_BAD);
    assert_reason(opens("A256CBC-HS512", NULL, "{'k':'GawgguFyGrWKav7AX4VKUg'}"), KEY_BAD);
    assert_reason(opens("A128KW", NULL, "{'k':null}"), KEY_BAD);
    assert_reason(opens("ECDH-ES", "P-256", "{'d':null}"), KEY_BAD);
    assert_reason(
        opens("ECDH-ES", "P-256", "{'d':'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}"),
        KEY_BAD);
    assert_reason(
        opens("ECDH-ES", "P-256", "{'d':'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI'}"),
        KEY_BAD); /* another key's */
    assert_string_equal(why.text, "the private part is not the public part's");
    assert_reason(opens("ECDH-ES", "P-256",
                        "{" FIXTURE_P256_PUBLIC
                        ",'d':'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI'}"),
                  OK);
    assert_reason(opens("ECDH-ES", "P-384", "{'x':'AA'}"), KEY_BAD);
    assert_reason(opens("ECDH-ES", "X25519", "{'d':null}"), KEY_BAD);
    assert_reason(
        opens("ECDH-ES", "X25519", "{'x':'hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo'}"),
        KEY_BAD); /* another key's */
    assert_reason(opens("ECDH-ES", "X25519", NULL), OK);
}

static void
test_generate(void **state)
{
    PJWT_AUTO(secret_jwk) json_t *jwk = NULL;
    PJWT_AUTO(json) json_t *half = NULL;
    char thumbprint[44];

    (void)state;
    assert_reason(pjwt_jwe_key_generate("RSA-OAEP", NULL, NULL, &jwk), ALG_UNKNOWN);
    assert_reason(pjwt_jwe_key_generate("ES256", NULL, NULL, &jwk), ALG_UNKNOWN);
    assert_reason(pjwt_jwe_key_generate("", NULL, NULL, &jwk), ALG_UNKNOWN);
    assert_reason(pjwt_jwe_key_generate("ECDH-ES", "P-521", NULL, &jwk), ALG_UNKNOWN);
    assert_reason(pjwt_jwe_key_generate("A128KW", "P-256", NULL, &jwk), ALG_UNKNOWN);
    assert_reason(pjwt_jwe_key_generate("dir", NULL, NULL, &jwk), OK);
    assert_string_equal(json_string_value(json_object_get(jwk, "alg")), "A256GCM");
    assert_int_equal(strlen(json_string_value(json_object_get(jwk, "kid"))), 22);
    assert_null(pjwt_jwe_key_public(jwk));
    assert_reason(pjwt_jwe_key_thumbprint(jwk, thumbprint), KEY_BAD);
    pjwt_drop_secret_jwk(&jwk);
    assert_reason(pjwt_jwe_key_generate("ECDH-ES", "X25519", NULL, &jwk), OK);
    assert_reason(pjwt_jwe_key_thumbprint(jwk, thumbprint), OK);
    assert_string_equal(json_string_value(json_object_get(jwk, "kid")), thumbprint);
    assert_string_equal(json_string_value(json_object_get(jwk, "use")), "enc");
    half = pjwt_jwe_key_public(jwk);
    assert_int_equal(json_object_size(half), 6); /* kty crv x kid alg use */
    assert_null(json_object_get(half, "d"));
    assert_true(pjwt_jwe_key_alg_known("A128CBC-HS256"));
    assert_false(pjwt_jwe_key_alg_known("Ed25519"));
}

/* A key has one name, whatever it is used for. */
static void
test_thumbprint(void **state)
{
    PJWT_AUTO(json)
    json_t *jwk = fixture_json(
        "{'kty':'RSA','n':'"
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7a"
        "PFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_"
        "RN5w6Cf0h4"
        "QyQ5v-65YGjQR0_"
        "FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qN"
        "LyrdkvdHBtvh6KbNBUKEm6r',"
        "'e':'AQAB','alg':'RS256','kid':'2011-04-29'}");
    char ours[44];
    char theirs[PJWT_THUMBPRINT_SIZE];

    (void)state;
    assert_reason(pjwt_jwe_key_thumbprint(jwk, ours), OK);
    assert_reason(pjwt_key_thumbprint(jwk, theirs), OK);
    assert_string_equal(ours, theirs);
}

static void
test_wipe(void **state)
{
    PJWT_AUTO(json)
    json_t *set = fixture_json("{'keys':[{'kty':'oct','k':'secret','kid':'a'}]}");
    const json_t *jwk = json_array_get(json_object_get(set, "keys"), 0);

    (void)state;
    pjwt_jwk_wipe_set(set);
    assert_memory_equal(json_string_value(json_object_get(jwk, "k")), "\0\0\0\0\0\0", 6);
    assert_string_equal(json_string_value(json_object_get(jwk, "kid")), "a");
    pjwt_jwk_wipe_set(NULL);
    pjwt_jwk_wipe(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shared_members),
        cmocka_unit_test(test_the_key_fixes_the_algorithm),
        cmocka_unit_test(test_rsa),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_generate),
        cmocka_unit_test(test_thumbprint),
        cmocka_unit_test(test_wipe),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
