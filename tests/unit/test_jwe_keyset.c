/* Which key among several sets does an encrypted token mean? */
#include "tests/unit/support/jwe_fixture.h"

#include "lib/jose/jwe_keyset.h"

#include <string.h>

static struct pjwt_why why;

#define A128KW "'kty':'oct','alg':'A128KW','k':'GawgguFyGrWKav7AX4VKUg'"
#define A256KW "'kty':'oct','alg':'A256KW','k':'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'"

/* Two sets, written with ', and a token of that header; which set was it? */
static size_t which;

static pjwt_verdict
selected(struct scratch *s, const char *one, const char *two, const char *kid, mode_t mode)
{
    PJWT_AUTO(text) char *first = NULL;
    PJWT_AUTO(text) char *second = NULL;
    PJWT_AUTO(secret_jwk) json_t *jwk = fixture_json("{" A128KW "}");
    PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
    PJWT_AUTO(jwe) struct pjwt_jwe *jwe = NULL;
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = NULL;
    struct pjwt_report report = {0};
    const char *paths[2] = {NULL, NULL};
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (kid != NULL) {
        assert_int_equal(json_object_set_new(jwk, "kid", json_string(kid)), 0);
    }
    token = fixture_encrypt(jwk, NULL, NULL, "text");
    scratch_write(s, "one", fixture_quotes(one), mode);
    first = strdup(scratch_path(s, "one"));
    if (two != NULL) {
        scratch_write(s, "two", fixture_quotes(two), 0600);
    }
    second = strdup(scratch_path(s, "two"));
    paths[0] = first;
    paths[1] = second;
    assert_reason(pjwt_jwe_parse(token, &jwe, &report), OK);
    v = pjwt_jwe_keyset_select(paths, 2, jwe, &key, &which, &report);
    why = report.why;
    assert_int_equal(pjwt_ok(v), key != NULL);
    return v;
}

#define SET(keys) "{'keys':[" keys "]}"

static void
test_by_kid(void **state)
{
    struct scratch *s = *state;

    assert_reason(
        selected(s, SET("{" A128KW ",'kid':'a'}"), SET("{" A256KW ",'kid':'b'}"), "a", 0600),
        OK);
    assert_int_equal(which, 0);
    assert_reason(
        selected(s, SET("{" A256KW ",'kid':'b'}"), SET("{" A128KW ",'kid':'a'}"), "a", 0600),
        OK);
    assert_int_equal(which, 1);
    assert_reason(
        selected(s, SET("{" A128KW ",'kid':'a'}"), SET("{" A256KW ",'kid':'a'}"), "a", 0600),
        KID_DUPLICATE);
    assert_reason(
        selected(s, SET("{" A128KW ",'kid':'a'},{'kty':'AKP','kid':'a'}"), SET(""), "a", 0600),
        KID_DUPLICATE);
    assert_reason(
        selected(s, SET("{" A128KW ",'kid':'c'}"), SET("{" A256KW ",'kid':'b'}"), "a", 0600),
        KID_UNKNOWN);
    assert_string_equal(why.text, "kid a, among the decryption keys");
    assert_reason(selected(s, SET("{" A128KW "}"), SET(""), "a", 0600), KID_UNKNOWN);
    assert_reason(selected(s, SET("{" A128KW ",'kid':'a','use':'sig'}"), SET(""), "a", 0600),
                  KEY_UNUSABLE);
    assert_string_equal(why.text, "use sig");
}

static void
test_without_kid(void **state)
{
    struct scratch *s = *state;

    assert_reason(selected(s, SET(""), SET("{" A128KW ",'kid':'a'}"), NULL, 0600), OK);
    assert_int_equal(which, 1);
    assert_reason(selected(s, SET("{'kty':'AKP'}"), SET("{" A128KW "}"), NULL, 0600), OK);
    assert_reason(selected(s, SET("{" A256KW "}"), SET("{" A128KW "}"), NULL, 0600),
                  KID_MISSING);
    assert_string_equal(why.text, "no kid, and 2 usable decryption keys");
    assert_reason(selected(s, SET("{'kty':'oct','alg':'A128KW','k':'AA'}"), SET("{" A128KW "}"),
                           NULL, 0600),
                  KID_MISSING);
    assert_string_equal(why.text, "no kid, and 1 usable decryption keys, others in doubt");
    assert_reason(selected(s, SET(""), SET(""), NULL, 0600), KID_MISSING);
    assert_reason(selected(s, SET("{'kty':'oct','k':'AA'}"), SET(""), NULL, 0600),
                  ALG_UNPINNED);
}

static void
test_files(void **state)
{
    struct scratch *s = *state;

    assert_reason(selected(s, SET("{" A128KW ",'kid':'a'}"), NULL, "a", 0600), KEYS_UNREAD);
    assert_reason(selected(s, SET("{" A128KW ",'kid':'a'}"), SET(""), "a", 0640), KEYS_UNSAFE);
    assert_reason(selected(s, SET("{" A128KW ",'kid':'a'}"), "{'keys':", "a", 0600), KEYS_BAD);
    assert_reason(selected(s, SET("{" A128KW ",'kid':'a'}"), "{'keys':[7]}", "a", 0600),
                  KEYS_BAD);
    assert_reason(selected(s, SET("{" A128KW ",'kid':'a'}"), SET(""), "a", 0600), OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_by_kid, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_without_kid, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_files, scratch_setup, scratch_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
