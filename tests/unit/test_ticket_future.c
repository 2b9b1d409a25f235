/* Is a ticket refused that was made by a clock that was ahead of this one? */
#include "tests/unit/support/scratch.h"

#include "lib/store/tickets.h"

#define NOW  1767225600
#define YEAR 31557600

static struct pjwt_report report;

static pjwt_verdict
check(struct scratch *s, const struct pjwt_secret *text, int64_t now)
{
    struct pjwt_grant grant = {0};

    report = (struct pjwt_report){0};
    return pjwt_ticket_check(s->store, text, "sshd", "", now, &grant, &report);
}

/* A ticket for eight hours, made at `now`. */
static struct pjwt_secret *
issue(struct scratch *s, int64_t now)
{
    struct pjwt_ticket row = {.user = "alice",
                              .services = "sshd",
                              .created = now,
                              .expires = now + 28800,
                              .renewable_until = now + 86400};
    struct pjwt_secret *text = NULL;

    assert_reason(pjwt_ticket_issue(s->store, &row, &text), OK);
    return text;
}

/* Two minutes are what a clock that is being set right may differ by. */
static void
test_slack(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, NOW);

    assert_reason(check(s, text, NOW - 120), OK);
    assert_reason(check(s, text, NOW - 121), TICKET_FUTURE);
    assert_true(report.authentic);
    assert_string_equal(report.why.text, "it was made 121s from now");
    assert_reason(check(s, text, 0), TICKET_FUTURE);
}

/* It would last for thirty years; and renewing makes no other of it. */
static void
test_years_ahead(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = {0};
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, NOW + INT64_C(30) * YEAR);
    PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;

    assert_reason(check(s, text, NOW), TICKET_FUTURE);
    assert_reason(pjwt_ticket_renew(s->store, text, NOW, &row, &fresh, &report), TICKET_FUTURE);
    assert_reason(check(s, text, NOW + INT64_C(30) * YEAR), OK);
    assert_reason(check(s, text, INT64_MAX), TICKET_EXPIRED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {CASE(test_slack), CASE(test_years_ahead)};

    return cmocka_run_group_tests_name("tickets of the future", tests, NULL, NULL);
}
