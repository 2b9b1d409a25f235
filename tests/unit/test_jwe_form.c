/* Which form has an encrypted token, how long may it be, and what can a key not make? */
#include "tests/unit/support/jwe_fixture.h"

#include "lib/jose/jwe_make.h"

#include <string.h>

#define INNER "eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl"

static json_t *jwk; /* for A128GCM, direct */
static struct pjwt_jwe_key *key;

static int
make_key(void **state)
{
    (void)state;
    jwk = fixture_jwe_jwk("A128GCM", NULL);
    key = fixture_opener(jwk);
    return 0;
}

static int
drop_key(void **state)
{
    (void)state;
    pjwt_drop_secret_jwk(&jwk);
    pjwt_drop_jwe_key(&key);
    return 0;
}

static pjwt_verdict
parse(const char *text)
{
    PJWT_AUTO(secret) struct pjwt_secret *typed = fixture_typed(text);
    PJWT_AUTO(jwe) struct pjwt_jwe *jwe = NULL;
    struct pjwt_report report = {0};

    return pjwt_jwe_parse(typed, &jwe, &report);
}

static void
test_form(void **state)
{
#define HEAD "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0" /* {"alg":"dir","enc":"A128GCM"} */
    (void)state;
    assert_reason(parse(HEAD "..AA.AA.AA"), OK);
    assert_reason(parse(HEAD ".AA.AA.AA.AA"), OK);
    assert_reason(parse(HEAD "..AA.AA."), MALFORMED);
    assert_reason(parse(HEAD "...AA.AA"), MALFORMED);
    assert_reason(parse(HEAD "..AA..AA"), MALFORMED);
    assert_reason(parse("..AA.AA.AA"), MALFORMED);
    assert_reason(parse(HEAD "..AA.AA"), MALFORMED);
    assert_reason(parse(HEAD "..AA.AA.AA.AA"), MALFORMED);
    assert_reason(parse(""), MALFORMED);
    assert_reason(parse(HEAD "..AB.AA.AA"), BASE64URL);
    assert_reason(parse(HEAD "..AA.AB.AA"), BASE64URL);
    assert_reason(parse(HEAD "..AA.AA.AB"), BASE64URL);
    assert_reason(parse(HEAD ".AB.AA.AA.AA"), BASE64URL);
    assert_reason(parse(HEAD "=..AA.AA.AA"), BASE64URL);
    assert_reason(parse("AA..AA.AA.AA"), JSON);
#undef HEAD
}

static void
test_caps(void **state)
{
    PJWT_AUTO(text) char *text = calloc(1, 2 * PJWT_CREDENTIAL_MAX);
    PJWT_AUTO(secret) struct pjwt_secret *large = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *fits = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *sealer = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *opened = NULL;

    (void)state;
    assert_non_null(text);
    memset(text, 'A', PJWT_CREDENTIAL_MAX + 1);
    memcpy(text, "eyJ.A.A.A.A", 10);
    assert_reason(parse(text), MALFORMED);
    memset(text, 'a', PJWT_CREDENTIAL_MAX);
    assert_reason(pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_SEALS, &sealer, NULL), OK);
    large = pjwt_secret_copy(text, 12300);
    fits = pjwt_secret_copy(text, 12150);
    assert_reason(pjwt_jwe_make(sealer, NULL, NULL, large, &token), TOO_LONG);
    assert_reason(pjwt_jwe_make(sealer, NULL, NULL, fits, &token), OK);
    assert_true(pjwt_secret_len(token) <= PJWT_CREDENTIAL_MAX);
    assert_reason(fixture_decrypt(token, key, &opened), OK);
    assert_int_equal(pjwt_secret_len(opened), 12150);
}

static void
test_making_refuses(void **state)
{
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *sealer = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *inner = fixture_typed(INNER);
    PJWT_AUTO(secret) struct pjwt_secret *token = NULL;

    (void)state;
    assert_reason(pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_SEALS, &sealer, NULL), OK);
    assert_reason(pjwt_jwe_make(sealer, "A192GCM", NULL, inner, &token), ALG_UNKNOWN);
    assert_reason(pjwt_jwe_make(sealer, "A256GCM", NULL, inner, &token), ALG_MISMATCH);
    assert_null(token);
    assert_reason(pjwt_jwe_make(sealer, "A128GCM", NULL, inner, &token), OK);
}

/* A key that seals opens nothing, even where it could. */
static void
test_a_sealing_key_opens_nothing(void **state)
{
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *sealer = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *token = fixture_encrypt(jwk, NULL, NULL, INNER);

    (void)state;
    assert_reason(pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_SEALS, &sealer, NULL), OK);
    assert_reason(fixture_opens(token, sealer), INTERNAL);
    assert_reason(fixture_opens(token, key), OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_caps),
        cmocka_unit_test(test_making_refuses),
        cmocka_unit_test(test_a_sealing_key_opens_nothing),
    };

    return cmocka_run_group_tests(tests, make_key, drop_key);
}
