/* Does the issuing side make what the judging side accepts, and refuse keys that do not fit? */
#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/sign.h"

#include <string.h>

static struct pjwt_why why;

static const char *const jwks[] = {fixture_ed25519, fixture_p256, fixture_rsa};
static const char *const headers[] = {"{'alg':'Ed25519'}", "{'alg':'ES256'}",
                                      "{'alg':'RS256'}"};

static void
test_round_trip(void **state)
{
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        PJWT_AUTO(secret)
        struct pjwt_secret *token = fixture_sign(jwks[k], headers[k], "{'sub':'alice'}");
        PJWT_AUTO(key) struct pjwt_key *key = fixture_verifier(jwks[k], NULL);

        assert_reason(fixture_prove(token, key), OK);
    }
}

/* Compact JSON in the order it was given, so that a token reads as it was meant. RFC 8037 A.4's
 * signature depends on nothing else: Ed25519 is deterministic. */
static void
test_exact_token(void **state)
{
    PJWT_AUTO(secret)
    struct pjwt_secret *token =
        fixture_sign(fixture_ed25519, "{'alg':'EdDSA','typ':'JWT'}", "{'b':[1,'x'],'a':null}");
    const char *start = "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.eyJiIjpbMSwieCJdLCJhIjpudWxsfQ.";

    (void)state;
    assert_memory_equal(pjwt_secret_bytes(token), start, strlen(start));
    assert_int_equal(pjwt_secret_len(token), strlen(start) + 86);
}

static pjwt_verdict
sign_with(const char *jwk, const char *header, const json_t *payload)
{
    PJWT_AUTO(key) struct pjwt_key *key = fixture_signer(jwk);
    PJWT_AUTO(json) json_t *header_object = fixture_json(header);
    PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
    pjwt_verdict verdict = pjwt_jws_sign(key, header_object, payload, &token);

    assert_int_equal(pjwt_ok(verdict), token != NULL);
    assert_true(token == NULL || pjwt_secret_len(token) <= PJWT_CREDENTIAL_MAX);
    return verdict;
}

static void
test_header_names_the_keys_alg(void **state)
{
    PJWT_AUTO(json) json_t *payload = fixture_json("{}");

    (void)state;
    assert_reason(sign_with(fixture_p256, "{'alg':'ES256'}", payload), OK);
    assert_reason(sign_with(fixture_p256, "{'alg':'RS256'}", payload), INTERNAL);
    assert_reason(sign_with(fixture_p256, "{'alg':'none'}", payload), INTERNAL);
    assert_reason(sign_with(fixture_p256, "{'alg':7}", payload), INTERNAL);
    assert_reason(sign_with(fixture_p256, "{}", payload), INTERNAL);
}

/* The last payload that fits, and the first that does not. */
static void
test_longest_token(void **state)
{
    char text[PJWT_CREDENTIAL_MAX * 2] = "";
    size_t longest = 0;

    (void)state;
    memset(text, 'x', sizeof(text));
    for (size_t len = 12190; len < 12240; len++) {
        PJWT_AUTO(json) json_t *payload = json_pack("{s:s#}", "x", text, (int)len);
        pjwt_verdict verdict = sign_with(fixture_p256, "{'alg':'ES256'}", payload);

        if (longest == 0 && !pjwt_ok(verdict)) {
            longest = len - 1;
        }
        if (longest != 0) {
            assert_reason(verdict, TOO_LONG);
        }
    }
    /* 20 characters of header, 86 of signature, two dots: 16276 for the payload, 12207 bytes,
     * of which the JSON around the text takes 8. */
    assert_int_equal(longest, 12199);
}

static void
test_far_too_long(void **state)
{
    char text[PJWT_CREDENTIAL_MAX * 2];

    (void)state;
    memset(text, 'x', sizeof(text));
    for (size_t len = PJWT_CREDENTIAL_MAX - 8; len < sizeof(text); len += 4096) {
        PJWT_AUTO(json) json_t *payload = json_pack("{s:s#}", "x", text, (int)len);

        assert_reason(sign_with(fixture_p256, "{'alg':'ES256'}", payload), TOO_LONG);
    }
}

static pjwt_verdict
build_private(const char *jwk, const char *more)
{
    PJWT_AUTO(json) json_t *parsed = fixture_private(jwk, more);
    struct pjwt_key *key = NULL;
    pjwt_verdict verdict = pjwt_key_from_private_jwk(parsed, &key, &why);

    assert_int_equal(pjwt_ok(verdict), key != NULL);
    pjwt_drop_key(&key);
    return verdict;
}

static void
test_private_half_must_be_the_public_halfs(void **state)
{
    (void)state;
    assert_reason(build_private(fixture_ed25519, NULL), OK);
    assert_reason(
        build_private(fixture_ed25519, "{'d':'AWxGne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A'}"),
        KEY_BAD);
    assert_string_equal(why.text, "the private part is not the public part's");
    assert_reason(build_private(fixture_p256, NULL), OK);
    assert_reason(
        build_private(fixture_p256, "{'d':'ApsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI'}"),
        KEY_BAD);
    assert_reason(build_private(fixture_rsa, NULL), OK);
    assert_reason(build_private(fixture_rsa, "{'e':'AQAD'}"), KEY_BAD);
}

static void
test_private_half_absent_or_malformed(void **state)
{
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        assert_reason(build_private(jwks[k], NULL), OK);
        assert_reason(build_private(jwks[k], "{'d':null}"), KEY_BAD);
        assert_reason(build_private(jwks[k], "{'d':''}"), KEY_BAD);
        assert_reason(build_private(jwks[k], "{'d':'AA=='}"), KEY_BAD);
        assert_reason(build_private(jwks[k], "{'d':7}"), KEY_BAD);
    }
    /* d = 0, and d = the order of the curve */
    assert_reason(
        build_private(fixture_p256, "{'d':'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}"),
        KEY_BAD);
    assert_reason(
        build_private(fixture_p256, "{'d':'_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE'}"),
        KEY_BAD);
    assert_reason(build_private(fixture_rsa, "{'p':null}"), KEY_BAD);
    assert_reason(build_private(fixture_rsa, "{'qi':null}"), KEY_BAD);
    assert_reason(build_private(fixture_rsa, "{'oth':[]}"), KEY_BAD);
}

static void
test_private_key_rules(void **state)
{
    (void)state;
    assert_reason(build_private(fixture_p256, "{'use':'sig','key_ops':['sign']}"), OK);
    assert_reason(build_private(fixture_p256, "{'key_ops':['verify']}"), KEY_UNUSABLE);
    assert_reason(build_private(fixture_p256, "{'use':'enc'}"), KEY_UNUSABLE);
    assert_reason(build_private(fixture_p256, "{'crv':'P-384'}"), KEY_BAD);
    assert_reason(build_private("{'kty':'oct','alg':'A128KW','k':'AAAA'}", NULL), KEY_UNUSABLE);
    assert_reason(build_private("{'kty':'oct','alg':'HS256','k':'AAAA'}", NULL), KEY_WEAK);
    assert_reason(build_private(fixture_oct, NULL), OK);
    assert_reason(build_private(fixture_rsa, "{'e':'Aw'}"), KEY_WEAK);
    assert_reason(build_private(fixture_rsa, "{'alg':'ES256'}"), KEY_BAD);
}

static const char *
member(const json_t *jwk, const char *name)
{
    const char *text = json_string_value(json_object_get(jwk, name));

    return text == NULL ? "absent" : text;
}

static void
test_generate(void **state)
{
    static const enum pjwt_alg algs[] = {PJWT_ALG_ED25519, PJWT_ALG_ES256, PJWT_ALG_RS256};
    static const char *const ktys[] = {"OKP", "EC", "RSA"};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        PJWT_AUTO(json) json_t *open_half = NULL;
        PJWT_AUTO(json) json_t *secret_half = NULL;
        PJWT_AUTO(key) struct pjwt_key *signer = NULL;
        PJWT_AUTO(key) struct pjwt_key *verifier = NULL;
        char thumbprint[PJWT_THUMBPRINT_SIZE];

        assert_reason(pjwt_key_generate(algs[k], NULL, &open_half, &secret_half), OK);
        assert_string_equal(member(open_half, "kty"), ktys[k]);
        assert_string_equal(member(open_half, "use"), "sig");
        assert_string_equal(member(open_half, "alg"), pjwt_alg_name(algs[k]));
        assert_reason(pjwt_key_thumbprint(open_half, thumbprint), OK);
        assert_string_equal(member(open_half, "kid"), thumbprint);
        assert_string_equal(member(secret_half, "kid"), thumbprint);
        assert_null(json_object_get(open_half, "d"));
        assert_reason(pjwt_key_from_jwk(open_half, FIXTURE_ANY, &verifier, NULL), OK);
        assert_reason(pjwt_key_from_private_jwk(secret_half, &signer, NULL), OK);
        assert_int_equal(pjwt_key_alg(signer), algs[k]);
    }
}

/* One thumbprint in 64 starts with '-': among 512 keys some would. */
static void
test_generated_kid_is_no_option(void **state)
{
    (void)state;
    for (int i = 0; i < 512; i++) {
        PJWT_AUTO(json) json_t *open_half = NULL;
        PJWT_AUTO(json) json_t *secret_half = NULL;

        assert_reason(pjwt_key_generate(PJWT_ALG_ED25519, NULL, &open_half, &secret_half), OK);
        assert_int_not_equal(member(open_half, "kid")[0], '-');
    }
}

static void
test_generate_size_and_name(void **state)
{
    PJWT_AUTO(json) json_t *open_half = NULL;
    PJWT_AUTO(json) json_t *secret_half = NULL;
    PJWT_AUTO(json) json_t *no_half = NULL;

    (void)state;
    assert_reason(pjwt_key_generate(PJWT_ALG_RS256, "mine", &open_half, &secret_half), OK);
    assert_string_equal(member(open_half, "kid"), "mine");
    assert_string_equal(member(secret_half, "kid"), "mine");
    assert_int_equal(strlen(member(open_half, "n")), 512); /* 3072 bits */
    assert_reason(pjwt_key_generate(PJWT_ALG_NONE_KNOWN, NULL, &no_half, &no_half),
                  ALG_UNKNOWN);
    assert_null(no_half);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_exact_token),
        cmocka_unit_test(test_header_names_the_keys_alg),
        cmocka_unit_test(test_longest_token),
        cmocka_unit_test(test_far_too_long),
        cmocka_unit_test(test_private_half_must_be_the_public_halfs),
        cmocka_unit_test(test_private_half_absent_or_malformed),
        cmocka_unit_test(test_private_key_rules),
        cmocka_unit_test(test_generate),
        cmocka_unit_test(test_generated_kid_is_no_option),
        cmocka_unit_test(test_generate_size_and_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
