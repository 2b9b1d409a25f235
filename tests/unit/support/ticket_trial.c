#include "tests/unit/support/ticket_trial.h"

struct pjwt_report ticket_trial_report;
struct pjwt_grant ticket_trial_grant;

struct pjwt_ticket
ticket_trial_row(void)
{
    return (struct pjwt_ticket){.user = "alice",
                                .services = "sshd",
                                .created = NOW,
                                .expires = NOW + 8 * HOUR,
                                .idle = HOUR,
                                .renewable_until = NOW + 24 * HOUR};
}

struct pjwt_secret *
ticket_trial_issue(struct scratch *s, struct pjwt_ticket *row)
{
    struct pjwt_secret *text = NULL;

    assert_reason(pjwt_ticket_issue(s->store, row, &text), OK);
    assert_non_null(text);
    return text;
}

pjwt_verdict
ticket_trial_check_from(struct scratch *s, const struct pjwt_secret *text, const char *rhost,
                        int64_t now)
{
    static const struct pjwt_grant untouched = {.user = "untouched"};
    pjwt_verdict v;

    ticket_trial_report = (struct pjwt_report){0};
    ticket_trial_grant = untouched;
    v = pjwt_ticket_check(s->store, text, "sshd", rhost, now, &ticket_trial_grant,
                          &ticket_trial_report);
    if (!pjwt_ok(v)) {
        assert_string_equal(ticket_trial_grant.user, "untouched");
        assert_int_equal(ticket_trial_grant.expires, 0);
    }
    return v;
}

pjwt_verdict
ticket_trial_check(struct scratch *s, const struct pjwt_secret *text, int64_t now)
{
    return ticket_trial_check_from(s, text, "", now);
}

struct pjwt_ticket
ticket_trial_row_of(struct scratch *s, const char *id)
{
    struct pjwt_ticket row = {0};

    assert_reason(pjwt_ticket_get(s->store, id, &row), OK);
    return row;
}
