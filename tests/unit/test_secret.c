/* Does a secret keep to its bounds? */
#include "lib/base/report.h"
#include "lib/base/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
it_takes_what_fits_and_no_more(void **state)
{
    PJWT_AUTO(secret) struct pjwt_secret *s = pjwt_secret_new(4);

    (void)state;
    assert_non_null(s);
    assert_true(pjwt_secret_append(s, "abc", 3));
    assert_false(pjwt_secret_append(s, "de", 2));
    assert_int_equal(pjwt_secret_len(s), 3);
    assert_true(pjwt_secret_append(s, "d", 1));
    assert_false(pjwt_secret_append(s, "e", 1));
    assert_string_equal(pjwt_secret_bytes(s), "abcd");
}

static void
a_length_beyond_its_room_is_held_to_it(void **state)
{
    PJWT_AUTO(secret) struct pjwt_secret *s = pjwt_secret_new(4);

    (void)state;
    assert_non_null(s);
    pjwt_secret_set_len(s, 5);
    assert_int_equal(pjwt_secret_len(s), 4);
}

static void
an_absurd_size_is_refused(void **state)
{
    (void)state;
    assert_null(pjwt_secret_new(SIZE_MAX));
    assert_null(pjwt_secret_new(SIZE_MAX - sizeof(size_t) * 4));
}

static void
words_survive_a_terminal(void **state)
{
    struct pjwt_why why = {""};
    char tail[2 * PJWT_WHY_MAX];

    (void)state;
    pjwt_why_set(&why, "a\nb\x1b[31m\xff");
    assert_string_equal(why.text, "a?b?[31m?");
    memset(tail, 'x', sizeof(tail) - 1);
    tail[sizeof(tail) - 1] = '\0';
    pjwt_why_set(&why, "%s", tail);
    assert_int_equal(strlen(why.text), PJWT_WHY_MAX - 1);
}

static void
seen(void *context, const char *check, pjwt_verdict v, const char *value)
{
    (void)check;
    (void)v;
    (void)pjwt_why_set((struct pjwt_why *)context, "%s", value);
}

static void
a_passed_check_leaves_no_words(void **state)
{
    struct pjwt_why last = {""};
    struct pjwt_report report = {.checked = seen, .context = &last};

    (void)state;
    pjwt_why_set(&report.why, "aud pam:web1");
    assert_true(pjwt_ok(pjwt_report_check(&report, "audience", PJWT_SAY(OK))));
    assert_string_equal(last.text, "aud pam:web1");
    assert_string_equal(report.why.text, "");
    pjwt_why_set(&report.why, "aud pam:web2");
    assert_false(pjwt_ok(pjwt_report_check(&report, "audience", PJWT_SAY(AUDIENCE))));
    assert_string_equal(report.why.text, "aud pam:web2");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_takes_what_fits_and_no_more),
        cmocka_unit_test(a_length_beyond_its_room_is_held_to_it),
        cmocka_unit_test(an_absurd_size_is_refused),
        cmocka_unit_test(words_survive_a_terminal),
        cmocka_unit_test(a_passed_check_leaves_no_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
