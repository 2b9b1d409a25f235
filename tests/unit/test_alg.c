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
    assert_int_equal(named("ES256"), PJWT_ALG_ES256);
    assert_int_equal(named("RS256"), PJWT_ALG_RS256);
}

static void
test_unknown_names(void **state)
{
    static const char *const names[] = {
        "none",   "None",   "NONE",    "nOnE",  "",        "HS256",    "HS384", "HS512",
        "ES256K", "ES384",  "PS256",   "es256", "eddsa",   "RS1",      "RS25",  "RS2566",
        " RS256", "RS256 ", "EdDSA\n", "Ed448", "unknown", "RSA-OAEP",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_int_equal(named(names[i]), PJWT_ALG_NONE_KNOWN);
    }
    assert_int_equal(pjwt_alg_from_name("ES256", 6), PJWT_ALG_NONE_KNOWN); /* NUL inside */
    assert_int_equal(pjwt_alg_from_name("ES256", 4), PJWT_ALG_NONE_KNOWN);
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
        cmocka_unit_test(test_known_names),
        cmocka_unit_test(test_unknown_names),
        cmocka_unit_test(test_preferred_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
