/* Is the person told the reason when, and only when, the credential proved authentic? */
#include "lib/wire/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NOW 1767225600

static const char *
say(pjwt_verdict v, bool authentic, int64_t at)
{
    static char words[256];
    struct pjwt_report report = {.authentic = authentic, .at = at};

    pjwt_words(v, &report, "0123456789ab", NOW, words, sizeof(words));
    return words;
}

static void
an_acceptance_is_silent(void **state)
{
    (void)state;
    assert_string_equal(say(PJWT_SAY(OK), true, 0), "");
}

static const char *
ending(const char *ticket, int64_t expires, int64_t warn_before)
{
    static char words[256];
    struct pjwt_grant grant = {.expires = expires};

    (void)memcpy(grant.ticket, ticket, strlen(ticket));
    pjwt_words_ending(&grant, warn_before, NOW, words, sizeof(words));
    return words;
}

static void
what_ends_soon_is_told(void **state)
{
    (void)state;
    assert_string_equal(ending("", NOW + 300, 300), "Your token ends in 5 minutes.");
    assert_string_equal(ending("", NOW + 301, 300), "");
    assert_string_equal(ending("", NOW + 1, 300), "Your token ends in 1 second.");
    assert_string_equal(ending("", NOW, 300), "Your token ends now.");
    assert_string_equal(ending("", NOW - 30, 300), "Your token ends now.");
    assert_string_equal(ending("0123456789ab", NOW + 7200, 86400),
                        "Your ticket ends in 2 hours.");
    assert_string_equal(ending("", NOW - 30, 0), "");
}

static void
the_unproved_learn_nothing(void **state)
{
    const char *generic = "Not accepted. The log says why under attempt 0123456789ab.";

    (void)state;
    assert_string_equal(say(PJWT_SAY(EXPIRED), false, NOW - 300), generic);
    assert_string_equal(say(PJWT_SAY(USER_UNKNOWN), false, 0), generic);
    assert_string_equal(say(PJWT_SAY(STORE_FULL), true, 0), generic);
}

static void
the_proved_learn_the_reason(void **state)
{
    (void)state;
    assert_string_equal(say(PJWT_SAY(TICKET_REVOKED), true, 0),
                        "Refused: the ticket is revoked (attempt 0123456789ab).");
    assert_string_equal(say(PJWT_SAY(EXPIRED), true, NOW - 300),
                        "Refused: it expired 5 minutes ago (attempt 0123456789ab).");
    assert_string_equal(say(PJWT_SAY(NOT_YET), true, NOW + 3600),
                        "Refused: it is not valid for another 1 hour (attempt 0123456789ab).");
}

static void
spans_are_rounded_down(void **state)
{
    (void)state;
    assert_non_null(strstr(say(PJWT_SAY(EXPIRED), true, NOW), "expired 0 seconds ago"));
    assert_non_null(strstr(say(PJWT_SAY(EXPIRED), true, NOW - 1), "expired 1 second ago"));
    assert_non_null(strstr(say(PJWT_SAY(EXPIRED), true, NOW - 119), "expired 1 minute ago"));
    assert_non_null(strstr(say(PJWT_SAY(EXPIRED), true, NOW - 7200), "expired 2 hours ago"));
    assert_non_null(strstr(say(PJWT_SAY(EXPIRED), true, NOW - 259200), "expired 3 days ago"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_acceptance_is_silent),
        cmocka_unit_test(what_ends_soon_is_told),
        cmocka_unit_test(the_unproved_learn_nothing),
        cmocka_unit_test(the_proved_learn_the_reason),
        cmocka_unit_test(spans_are_rounded_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
