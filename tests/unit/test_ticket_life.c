/* Does a ticket go idle, and is it for where it comes from, exactly as its row says? */
#include "tests/unit/support/ticket_trial.h"

#include "lib/store/change.h"
#include "lib/store/ticket_use.h"

/* What a login's transaction does for the mark. */
static void
use(struct scratch *s, const char *id, int64_t now)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    struct pjwt_grant used = {0};

    scratch_set_text(used.ticket, sizeof(used.ticket), id);
    assert_reason(pjwt_change_begin(&change, s->store), OK);
    pjwt_ticket_use(s->store, &used, now);
    assert_reason(pjwt_change_commit(&change), OK);
}

static void
test_idle(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = ticket_trial_row();
    struct pjwt_ticket patient = ticket_trial_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = ticket_trial_issue(s, &row);
    PJWT_AUTO(secret) struct pjwt_secret *other = NULL;

    patient.idle = 0;
    other = ticket_trial_issue(s, &patient);
    assert_reason(ticket_trial_check(s, text, NOW + HOUR - 1), OK);
    assert_reason(ticket_trial_check(s, text, NOW + HOUR), TICKET_IDLE);
    assert_true(ticket_trial_report.authentic);
    assert_true(ticket_trial_report.at == NOW + HOUR);
    assert_string_equal(ticket_trial_report.why.text, "last used 1767225600, idle = 3600s");
    assert_reason(ticket_trial_check(s, other, NOW + 8 * HOUR - 1), OK);
    use(s, row.id, NOW + 1800);
    assert_reason(ticket_trial_check(s, text, NOW + 1800 + HOUR - 1), OK);
    assert_reason(ticket_trial_check(s, text, NOW + 1800 + HOUR), TICKET_IDLE);
    assert_reason(ticket_trial_check(s, text, NOW - 120),
                  OK); /* a clock set back is not idle time */
}

/* The first at once; then no sooner than a minute after the last, or a quarter of the idle
 * time. */
static void
test_step(void **state)
{
    static const struct {
        int64_t idle, step;
    } cases[] = {{0, 60}, {HOUR, 60}, {240, 60}, {239, 59}, {100, 25}, {4, 1}};
    struct scratch *s = *state;

    for (size_t i = 0; i < PJWT_COUNT(cases); i++) {
        struct pjwt_ticket row = ticket_trial_row();
        PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

        row.idle = cases[i].idle;
        text = ticket_trial_issue(s, &row);
        assert_true(ticket_trial_row_of(s, row.id).last_used == 0);
        use(s, row.id, NOW);
        assert_true(ticket_trial_row_of(s, row.id).last_used == NOW);
        use(s, row.id, NOW + cases[i].step - 1);
        assert_true(ticket_trial_row_of(s, row.id).last_used == NOW);
        use(s, row.id, NOW + cases[i].step);
        assert_true(ticket_trial_row_of(s, row.id).last_used == NOW + cases[i].step);
        use(s, row.id, NOW + 2 * cases[i].step - 1);
        assert_true(ticket_trial_row_of(s, row.id).last_used == NOW + cases[i].step);
        use(s, row.id, NOW); /* a clock set back takes nothing away */
        assert_true(ticket_trial_row_of(s, row.id).last_used == NOW + cases[i].step);
    }
}

/* A mark that cannot be written takes nothing else with it. */
static void
test_mark_refuses_nobody(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket first = ticket_trial_row();
    struct pjwt_ticket second = ticket_trial_row();
    PJWT_AUTO(secret) struct pjwt_secret *one = ticket_trial_issue(s, &first);
    PJWT_AUTO(secret) struct pjwt_secret *two = ticket_trial_issue(s, &second);

    assert_non_null(one);
    assert_non_null(two);
    scratch_sql(s, "CREATE UNIQUE INDEX u ON tickets (last_used) WHERE last_used>0");
    use(s, first.id, NOW + 600);
    use(s, second.id, NOW + 600); /* a conflict, and the change is committed */
    assert_true(ticket_trial_row_of(s, first.id).last_used == NOW + 600);
    assert_true(ticket_trial_row_of(s, second.id).last_used == 0);
    scratch_sql(s, "DROP INDEX u");
    use(s, second.id, NOW + 600);
    assert_true(ticket_trial_row_of(s, second.id).last_used == NOW + 600);
    use(s, "000000000000", NOW + 700); /* none is no error */
}

static void
test_from(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = ticket_trial_row();
    struct pjwt_ticket six = ticket_trial_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *other = NULL;

    scratch_set_text(row.from, sizeof(row.from), "192.0.2.0/24");
    scratch_set_text(six.from, sizeof(six.from), "2001:db8::/32");
    text = ticket_trial_issue(s, &row);
    other = ticket_trial_issue(s, &six);
    assert_reason(ticket_trial_check_from(s, text, "192.0.2.9", NOW), OK);
    assert_reason(ticket_trial_check_from(s, text, "::ffff:192.0.2.9", NOW), OK);
    assert_reason(ticket_trial_check_from(s, text, "192.0.3.9", NOW), TICKET_FROM);
    assert_true(ticket_trial_report.authentic);
    assert_string_equal(ticket_trial_report.why.text,
                        "from 192.0.3.9; the ticket is for 192.0.2.0/24");
    assert_reason(ticket_trial_check_from(s, text, "web1.example.com", NOW), TICKET_FROM);
    assert_reason(ticket_trial_check_from(s, text, "", NOW), TICKET_FROM);
    assert_string_equal(ticket_trial_report.why.text,
                        "from no remote host; the ticket is for 192.0.2.0/24");
    assert_reason(ticket_trial_check_from(s, other, "2001:db8::9", NOW), OK);
    assert_reason(ticket_trial_check_from(s, other, "192.0.2.9", NOW), TICKET_FROM);
    scratch_sql(s, "UPDATE tickets SET from_net='192.0.2.1/24'");
    assert_reason(ticket_trial_check_from(s, text, "192.0.2.9", NOW), STORE_DAMAGED);
    scratch_sql(s, "UPDATE tickets SET from_net=NULL"); /* as in a row of an older version */
    assert_reason(ticket_trial_check_from(s, text, "", NOW), OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_idle),
        CASE(test_step),
        CASE(test_mark_refuses_nobody),
        CASE(test_from),
    };

    return cmocka_run_group_tests_name("ticket life", tests, NULL, NULL);
}
