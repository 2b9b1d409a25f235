/* Does the list of reasons fail closed, and is every row fit for a log, a person and a page? */
#include "lib/base/verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The codes and names as the header writes them, to compare with what the functions say. */
static const struct {
    enum pjwt_reason reason;
    const char *name;
    const char *code;
    const char *text;
} rows[] = {
#define X(name, class, code, text) {PJWT_##name, #name, code, text},
    PJWT_REASONS(X)
#undef X
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

static pjwt_verdict
row(size_t i)
{
    return (pjwt_verdict){rows[i].reason};
}

static void
zero_refuses(void **state)
{
    pjwt_verdict forgotten = {0};

    (void)state;
    assert_int_equal(PJWT_UNSET, 0);
    assert_false(pjwt_ok(forgotten));
    assert_string_equal(pjwt_code(forgotten), "unset");
    assert_int_equal(pjwt_class_of(forgotten), PJWT_CLASS_INTERNAL);
}

static void
only_ok_accepts(void **state)
{
    size_t allowing = 0;

    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        bool allows = pjwt_class_of(row(i)) == PJWT_CLASS_ALLOW;

        assert_int_equal(pjwt_ok(row(i)), rows[i].reason == PJWT_OK);
        assert_int_equal(pjwt_ok(row(i)), allows);
        allowing += allows;
    }
    assert_int_equal(allowing, 1);
}

static void
out_of_range_refuses(void **state)
{
    const unsigned beyond[] = {(unsigned)ROWS, (unsigned)ROWS + 1, 4096, UINT32_MAX, INT32_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof(beyond) / sizeof(beyond[0]); i++) {
        pjwt_verdict v = {(enum pjwt_reason)beyond[i]};

        assert_false(pjwt_ok(v));
        assert_string_equal(pjwt_code(v), "unset");
        assert_string_equal(pjwt_text(v), "no check has run");
        assert_int_equal(pjwt_class_of(v), PJWT_CLASS_INTERNAL);
    }
}

static void
a_row_says_what_the_list_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        assert_int_equal(rows[i].reason, i);
        assert_string_equal(pjwt_code(row(i)), rows[i].code);
        assert_string_equal(pjwt_text(row(i)), rows[i].text);
    }
}

static void
codes_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = i + 1; j < ROWS; j++) {
            assert_string_not_equal(rows[i].code, rows[j].code);
            assert_string_not_equal(rows[i].text, rows[j].text);
        }
    }
}

static void
a_code_names_its_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        assert_int_equal(pjwt_verdict_from_code(rows[i].code).reason, rows[i].reason);
    }
}

static void
an_unknown_code_refuses(void **state)
{
    const char *const none[] = {"", "OK", "ok ", " ok", "o", "expire", "expired.", "PJWT_OK"};

    (void)state;
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        assert_int_equal(pjwt_verdict_from_code(none[i]).reason, PJWT_UNSET);
    }
    assert_int_equal(pjwt_verdict_from_code("ok").reason, PJWT_OK);
}

/* Log readers and scripts split on spaces and '='; the man page's table holds them bare. */
static void
codes_are_plain_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        size_t len = strlen(rows[i].code);

        assert_in_range(len, 2, 24);
        assert_int_equal(strspn(rows[i].code, "abcdefghijklmnopqrstuvwxyz0123456789-"), len);
        assert_int_not_equal(rows[i].code[0], '-');
        assert_int_not_equal(rows[i].code[len - 1], '-');
    }
}

/* A text goes into "Refused: %s (attempt …)." and is cut nowhere. */
static void
texts_fit_a_sentence(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        size_t len = strlen(rows[i].text);

        assert_in_range(len, 8, 160);
        assert_int_not_equal(rows[i].text[len - 1], '.');
        for (size_t at = 0; at < len; at++) {
            assert_in_range((unsigned char)rows[i].text[at], 0x20, 0x7e);
        }
    }
}

static bool
starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static void
a_class_follows_from_the_subject(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        enum pjwt_class class = pjwt_class_of(row(i));

        if (starts_with(rows[i].name, "CONFIG_")) {
            assert_int_equal(class, PJWT_CLASS_CONFIG);
        }
        if (starts_with(rows[i].name, "STORE_") && rows[i].reason != PJWT_STORE_CONFLICT) {
            assert_int_equal(class, PJWT_CLASS_STORE);
        }
        assert_int_equal(class == PJWT_CLASS_EXPIRED,
                         rows[i].reason == PJWT_EXPIRED ||
                             rows[i].reason == PJWT_TICKET_EXPIRED);
        assert_int_equal(class == PJWT_CLASS_ABSTAIN, rows[i].reason == PJWT_NOT_OURS);
        assert_int_equal(class == PJWT_CLASS_TALK, rows[i].reason == PJWT_CONVERSATION);
        assert_int_equal(class == PJWT_CLASS_MEMORY, rows[i].reason == PJWT_NO_MEMORY);
    }
}

/* Everything that what was typed can bring about is a plain refusal, so that no typed byte
 * chooses among PAM codes even where `looked` were lost. */
static void
what_was_typed_has_one_outcome(void **state)
{
    (void)state;
    for (size_t i = PJWT_EMPTY; i < ROWS; i++) {
        enum pjwt_class class = pjwt_class_of(row(i));

        assert_true(class == PJWT_CLASS_DENY || class == PJWT_CLASS_EXPIRED ||
                    (class == PJWT_CLASS_ABSTAIN && rows[i].reason > PJWT_USER_BLOCKED));
    }
    assert_int_equal(pjwt_class_of(PJWT_SAY(JUDGE_SILENT)), PJWT_CLASS_DENY);
    assert_int_equal(pjwt_class_of(PJWT_SAY(JUDGE_LATE)), PJWT_CLASS_DENY);
    assert_int_equal(pjwt_class_of(PJWT_SAY(JUDGE_ANSWER)), PJWT_CLASS_DENY);
}

static size_t ran;

static pjwt_verdict
two_steps(pjwt_verdict first, pjwt_verdict second)
{
    ran = 0;
    PJWT_TRY((ran++, first));
    PJWT_TRY((ran++, second));
    return PJWT_SAY(OK);
}

static void
the_first_refusal_returns(void **state)
{
    (void)state;
    assert_true(pjwt_ok(two_steps(PJWT_SAY(OK), PJWT_SAY(OK))));
    assert_int_equal(ran, 2);
    assert_int_equal(two_steps(PJWT_SAY(EXPIRED), PJWT_SAY(AUDIENCE)).reason, PJWT_EXPIRED);
    assert_int_equal(ran, 1);
    assert_int_equal(two_steps(PJWT_SAY(OK), PJWT_SAY(AUDIENCE)).reason, PJWT_AUDIENCE);
    assert_int_equal(two_steps((pjwt_verdict){0}, PJWT_SAY(OK)).reason, PJWT_UNSET);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zero_refuses),
        cmocka_unit_test(only_ok_accepts),
        cmocka_unit_test(out_of_range_refuses),
        cmocka_unit_test(a_row_says_what_the_list_says),
        cmocka_unit_test(codes_are_unique),
        cmocka_unit_test(a_code_names_its_row),
        cmocka_unit_test(an_unknown_code_refuses),
        cmocka_unit_test(codes_are_plain_words),
        cmocka_unit_test(texts_fit_a_sentence),
        cmocka_unit_test(a_class_follows_from_the_subject),
        cmocka_unit_test(what_was_typed_has_one_outcome),
        cmocka_unit_test(the_first_refusal_returns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
