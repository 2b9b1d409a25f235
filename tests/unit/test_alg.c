/* Are the algorithms exactly those that we mean, under exactly their names? */
#include "tests/unit/support/scratch.h"

#include "lib/jose/alg.h"

#include <string.h>

static enum pjwt_alg
named(const char *name)
{
    return pjwt_alg_from_name(name, strlen(name));
}

static void
test_known_names(void **state)
{
    (void)state;
    assert_int_equal(named("Ed25519"), PJWT_ALG_ED25519);
    assert_int_equal(named("EdDSA"), PJWT_ALG_ED25519);
    assert_int_equal(named("Ed448"), PJWT_ALG_ED448);
    assert_int_equal(named("ES256"), PJWT_ALG_ES256);
    assert_int_equal(named("ES384"), PJWT_ALG_ES384);
    assert_int_equal(named("ES512"), PJWT_ALG_ES512);
    assert_int_equal(named("ES256K"), PJWT_ALG_ES256K);
    assert_int_equal(named("RS256"), PJWT_ALG_RS256);
    assert_int_equal(named("RS384"), PJWT_ALG_RS384);
    assert_int_equal(named("RS512"), PJWT_ALG_RS512);
    assert_int_equal(named("PS256"), PJWT_ALG_PS256);
    assert_int_equal(named("PS384"), PJWT_ALG_PS384);
    assert_int_equal(named("PS512"), PJWT_ALG_PS512);
    assert_int_equal(named("HS256"), PJWT_ALG_HS256);
    assert_int_equal(named("HS384"), PJWT_ALG_HS384);
    assert_int_equal(named("HS512"), PJWT_ALG_HS512);
}

static void
test_unknown_names(void **state)
{
    static const char *const names[] = {
        "none",   "None",   "NONE",    "nOnE",  "",        "HS1",      "hs256",  "HS2566",
        "ES256k", "ES255",  "PS1",     "es256", "eddsa",   "RS1",      "RS25",   "RS2566",
        " RS256", "RS256 ", "EdDSA\n", "ED448", "unknown", "RSA-OAEP", "ESP256", "A128KW",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_int_equal(named(names[i]), PJWT_ALG_NONE_KNOWN);
        assert_int_equal(pjwt_algs_from_name(names[i], strlen(names[i])), 0);
    }
    assert_int_equal(pjwt_alg_from_name("ES256", 6), PJWT_ALG_NONE_KNOWN); /* NUL inside */
    assert_int_equal(pjwt_alg_from_name("ES256", 4), PJWT_ALG_NONE_KNOWN);
}

/* RFC 8037 section 3.1: the name leaves the curve to the key. No other name does. */
static void
test_what_a_name_can_mean(void **state)
{
    (void)state;
    assert_int_equal(pjwt_algs_from_name("EdDSA", 5),
                     PJWT_ALG_BIT(PJWT_ALG_ED25519) | PJWT_ALG_BIT(PJWT_ALG_ED448));
    for (unsigned i = PJWT_ALG_NONE_KNOWN + 1; i < PJWT_ALG_COUNT; i++) {
        const char *name = pjwt_alg_name((enum pjwt_alg)i);

        assert_int_equal(pjwt_algs_from_name(name, strlen(name)), PJWT_ALG_BIT(i));
    }
}

static void
test_symmetric_alone(void **state)
{
    const pjwt_algs hs256 = PJWT_ALG_BIT(PJWT_ALG_HS256);

    (void)state;
    assert_true(pjwt_algs_symmetric(hs256));
    assert_true(pjwt_algs_symmetric(PJWT_ALGS_HMAC));
    assert_false(pjwt_algs_symmetric(hs256 | PJWT_ALG_BIT(PJWT_ALG_RS256)));
    assert_false(pjwt_algs_symmetric(PJWT_ALG_BIT(PJWT_ALG_RS256)));
    assert_false(pjwt_algs_symmetric(0));
    assert_false(pjwt_algs_symmetric(~0u));
}

static void
test_preferred_names(void **state)
{
    (void)state;
    for (unsigned i = PJWT_ALG_NONE_KNOWN + 1; i < PJWT_ALG_COUNT; i++) {
        assert_int_equal(named(pjwt_alg_name((enum pjwt_alg)i)), i);
    }
    assert_string_equal(pjwt_alg_name(PJWT_ALG_ED25519), "Ed25519"); /* RFC 9864 */
    assert_string_equal(pjwt_alg_name(PJWT_ALG_NONE_KNOWN), "unknown");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_names),          cmocka_unit_test(test_unknown_names),
        cmocka_unit_test(test_what_a_name_can_mean), cmocka_unit_test(test_symmetric_alone),
        cmocka_unit_test(test_preferred_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
