/* Is exactly the key chosen that the token names, and is that one judged? */
#include "tests/unit/support/key_choice.h"

#include <stdio.h>

#define TWO(other) "{'keys':[" other ",{" FIXTURE_ED_PUBLIC ",'kid':'a'}]}"

static void
test_by_kid(void **state)
{
    struct scratch *s = *state;
    const char *set =
        "{'keys':[{" FIXTURE_P256_PUBLIC ",'kid':'b'},{" FIXTURE_ED_PUBLIC ",'kid':'a'},"
        "{" FIXTURE_RSA_PUBLIC ",'kid':'c','alg':'RS256'}]}";

    assert_reason(choose_from(s, set, ED_A), OK);
    assert_reason(choose_from(s, set, "{'alg':'ES256','kid':'b'}"), OK);
    assert_reason(choose_from(s, set, "{'alg':'RS256','kid':'c'}"), OK);
    assert_reason(choose_from(s, set, "{'alg':'Ed25519','kid':'b'}"), ALG_MISMATCH);
    assert_reason(choose_from(s, set, "{'alg':'Ed25519','kid':'d'}"), KID_UNKNOWN);
    assert_reason(choose_from(s, set, "{'alg':'Ed25519','kid':'A'}"), KID_UNKNOWN);
    assert_reason(choose_from(s, set, "{'alg':'Ed25519','kid':'a '}"), KID_UNKNOWN);
    assert_reason(choose_from(s, set, "{'alg':'Ed25519','kid':'../a'}"), KID_UNKNOWN);
    /* One kid may be the start of another, which stands elsewhere in the same key. */
    assert_reason(choose_from(s, ONE(",'kid':'ab','of':'a'"), ED_A), KID_UNKNOWN);
    assert_reason(choose_from(s, ONE(",'kid':'a','of':'ab'"), "{'alg':'Ed25519','kid':'ab'}"),
                  KID_UNKNOWN);
    assert_reason(choose_from(s, ONE(",'kid':'ab','of':'ab'"), "{'alg':'Ed25519','kid':'ab'}"),
                  OK);
    assert_reason(choose_from(s, "{'keys':[]}", ED_A), KID_UNKNOWN);
}

static void
test_kid_twice(void **state)
{
    struct scratch *s = *state;
    const char *apart = TWO("{" FIXTURE_P256_PUBLIC ",'kid':'b'}");
    const char *alike = TWO("{" FIXTURE_P256_PUBLIC ",'kid':'a'}");

    assert_reason(choose_from(s, apart, ED_A), OK);
    assert_reason(choose_from(s, alike, ED_A), KID_DUPLICATE);
    assert_reason(choose_from(s, TWO("{'kty':'AKP','kid':'a'}"), ED_A), KID_DUPLICATE);
    /* Without a kid in the token, the only usable key must be single in name too. */
    assert_reason(choose_from(s, TWO("{'kty':'AKP','kid':'a'}"), NO_KID), KID_DUPLICATE);
    assert_reason(choose_from(s, TWO("{'kty':'AKP','kid':'b'}"), NO_KID), OK);
}

/* A kid may be written with escapes in the set; it is compared by what it means. */
static void
test_escaped_kid(void **state)
{
    struct scratch *s = *state;

    assert_reason(choose_from(s, ONE(",'kid':'\\u0061'"), ED_A), OK);
    assert_reason(choose_from(s, ONE(",'kid':'\\u0062'"), ED_A), KID_UNKNOWN);
    assert_reason(choose_from(s,
                              "{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'},{" FIXTURE_P256_PUBLIC
                              ",'kid':'\\u0061'}]}",
                              ED_A),
                  KID_DUPLICATE);
    assert_reason(choose_from(s, ONE(",'kid':'a\\/b'"), "{'alg':'Ed25519','kid':'a/b'}"), OK);
    assert_reason(choose_from(s, ONE(",'kid':'\xc3\xa9'"), "{'alg':'Ed25519','kid':'\\u00e9'}"),
                  OK);
}

static void
test_without_kid(void **state)
{
    struct scratch *s = *state;
    const pjwt_algs ed25519 = PJWT_ALG_BIT(PJWT_ALG_ED25519);

    assert_reason(choose_from(s, ONE(""), NO_KID), OK);
    assert_reason(choose_from(s, ONE(",'kid':'a'"), NO_KID), OK);
    assert_reason(
        choose_from(s, "{'keys':[{" FIXTURE_ED_PUBLIC "},{" FIXTURE_P256_PUBLIC "}]}", NO_KID),
        KID_MISSING);
    assert_string_equal(choice_report.why.text, "no kid, and 2 usable keys");
    assert_reason(choose_from(s,
                              "{'keys':[{" FIXTURE_ED_PUBLIC
                              "},{'kty':'EC','crv':'P-256','x':'AA','y':'AA'}]}",
                              NO_KID),
                  KID_MISSING);
    assert_string_equal(choice_report.why.text, "no kid, and 1 usable keys, others in doubt");
    assert_reason(choose_from_file(s, NO_KID, ed25519), OK); /* the other is not allowed */
    assert_reason(
        choose_from(s, "{'keys':[{" FIXTURE_ED_PUBLIC ",'use':'enc'},{" FIXTURE_ED_PUBLIC "}]}",
                    NO_KID),
        OK);
    assert_reason(choose_from(s, "{'keys':[]}", NO_KID), KID_MISSING);
    assert_reason(choose_from(s, "{'keys':[{'kty':'AKP'},{'kty':'AKP'}]}", NO_KID),
                  KID_MISSING);
    assert_reason(choose_from(s, ONE(",'use':'enc'"), NO_KID),
                  KEY_UNUSABLE); /* of a single key it is said what is wrong with it */
    assert_reason(choose_from(s, ONE(""), ED_A), KID_UNKNOWN);
}

static void
test_allowed(void **state)
{
    struct scratch *s = *state;
    const pjwt_algs es256 = PJWT_ALG_BIT(PJWT_ALG_ES256);

    assert_reason(choose_from(s, ONE(",'kid':'a'"), ED_A), OK);
    assert_reason(choose_from_file(s, ED_A, es256), ALG_REFUSED);
    assert_reason(choose_from_file(s, ED_A, 0), ALG_REFUSED);
    /* The header's alg is allowed, the key's is not. */
    assert_reason(choose_from_file(s, "{'alg':'ES256','kid':'a'}", es256), ALG_REFUSED);
}

/* Only the chosen key is judged, and that one strictly. */
static void
test_chosen_key_is_judged(void **state)
{
    struct scratch *s = *state;
    static const struct {
        const char *key;
        pjwt_verdict verdict;
    } bad[] = {
        {"{" FIXTURE_ED_PUBLIC ",'kid':'a','use':'enc'}", {PJWT_KEY_UNUSABLE}},
        {"{" FIXTURE_ED_PUBLIC ",'kid':'a','d':'AA'}", {PJWT_KEY_PRIVATE}},
        {"{'kty':'oct','k':'AA','kid':'a'}", {PJWT_KEY_PRIVATE}},
        {"{'kty':'OKP','crv':'Ed25519','x':'AA','kid':'a'}", {PJWT_KEY_BAD}},
        {"{'kty':'RSA','n':'AQ','e':'Aw','kid':'a','alg':'RS256'}", {PJWT_KEY_WEAK}},
        {"{" FIXTURE_ED_PUBLIC ",'kid':'a','a':1,'a':2}", {PJWT_KEYS_BAD}},
        {"{" FIXTURE_ED_PUBLIC ",'kid':'a','k\\u0069d':'b'}", {PJWT_KEYS_BAD}},
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        char set[1024];

        (void)snprintf(set, sizeof(set), "{'keys':[%s,{" FIXTURE_ED_PUBLIC ",'kid':'good'}]}",
                       bad[i].key);
        assert_string_equal(pjwt_code(choose_from(s, set, ED_A)), pjwt_code(bad[i].verdict));
        assert_reason(choose_from(s, set, "{'alg':'Ed25519','kid':'good'}"), OK);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_by_kid),      CASE(test_kid_twice), CASE(test_escaped_kid),
        CASE(test_without_kid), CASE(test_allowed),   CASE(test_chosen_key_is_judged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
