/* Is a ticket renewed exactly as its row says? */
#include "tests/unit/support/ticket_trial.h"

#include "lib/store/db.h"
#include "lib/store/revocations.h"

static pjwt_verdict
renew(struct scratch *s, const struct pjwt_secret *text, int64_t now, struct pjwt_ticket *row,
      struct pjwt_secret **fresh)
{
    struct pjwt_secret *made = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    ticket_trial_report = (struct pjwt_report){0};
    v = pjwt_ticket_renew(s->store, text, now, row, &made, &ticket_trial_report);
    assert_int_equal(made != NULL, pjwt_ok(v));
    pjwt_drop_secret(fresh);
    *fresh = made;
    return v;
}

static void
test_renew(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = ticket_trial_row();
    struct pjwt_ticket now = {0};
    PJWT_AUTO(secret) struct pjwt_secret *text = ticket_trial_issue(s, &row);
    PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;

    assert_reason(renew(s, text, NOW + 1800, &now, &fresh), OK);
    assert_string_equal(now.id, row.id);
    assert_true(now.expires == NOW + 1800 + 8 * HOUR);
    assert_true(now.last_used == NOW + 1800);
    assert_reason(ticket_trial_check(s, text, NOW + 1800), TICKET_UNKNOWN);
    assert_false(ticket_trial_report.authentic);
    assert_reason(ticket_trial_check(s, fresh, NOW + 1800), OK);
    assert_string_equal(ticket_trial_grant.ticket, row.id);
    assert_true(ticket_trial_grant.issued == NOW); /* what was issued until then is still it */
    assert_true(ticket_trial_grant.expires == now.expires);
    assert_reason(ticket_trial_check(s, fresh, NOW + 1800 + HOUR - 1), OK); /* it was a use */
    assert_reason(ticket_trial_check(s, fresh, NOW + 1800 + HOUR), TICKET_IDLE);
    assert_true(ticket_trial_row_of(s, row.id).lifetime == 8 * HOUR);
}

/* Again and again, and never beyond. */
static void
test_renew_until(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = ticket_trial_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;

    row.idle = 0;
    text = ticket_trial_issue(s, &row);
    for (int hours = 6; hours <= 18; hours += 6) {
        int64_t end = hours + 8 < 24 ? hours + 8 : 24;

        assert_reason(renew(s, text, NOW + hours * HOUR, &row, &fresh), OK);
        assert_true(row.expires == NOW + end * HOUR);
        pjwt_drop_secret(&text);
        text = pjwt_take(fresh);
    }
    assert_reason(renew(s, text, NOW + 20 * HOUR, &row, &fresh), TICKET_FIXED);
    assert_true(ticket_trial_report.at == NOW + 24 * HOUR);
    assert_reason(ticket_trial_check(s, text, NOW + 20 * HOUR),
                  OK); /* a refusal took nothing */
    assert_reason(renew(s, text, NOW + 24 * HOUR, &row, &fresh), TICKET_EXPIRED);
}

struct refusal {
    const char *sql; /* NULL: nothing but the clock */
    int64_t after;
    enum pjwt_reason reason;
};

static void
test_renew_refused(void **state)
{
    static const struct refusal cases[] = {
        {NULL, 60, PJWT_OK},
        {NULL, HOUR, PJWT_TICKET_IDLE},
        {"UPDATE tickets SET idle=0", 8 * HOUR, PJWT_TICKET_EXPIRED},
        {"UPDATE tickets SET idle=0", 8 * HOUR - 1, PJWT_OK},
        {"UPDATE tickets SET renewable_until=0", 60, PJWT_TICKET_FIXED},
        {"UPDATE tickets SET renewable_until=expires", 60, PJWT_TICKET_FIXED},
        {"UPDATE tickets SET renewable_until=expires+1", 60, PJWT_OK},
        {"UPDATE tickets SET one_time=1,spent_at=1", 60, PJWT_TICKET_SPENT},
        {"UPDATE tickets SET revoked_at=1,revoked_by='root'", 60, PJWT_TICKET_REVOKED},
        {"INSERT INTO blocks VALUES ('alice',1,0,'root','')", 60, PJWT_USER_BLOCKED},
        {"INSERT INTO blocks VALUES ('bob',1,0,'root','')", 60, PJWT_OK},
        {"INSERT INTO revocations VALUES ('jti','https://corp','j-1',0,1,0,'root','')", 60,
         PJWT_JTI_REVOKED},
        {"INSERT INTO revocations VALUES ('key','https://corp','k-1',0,1,0,'root','')", 60,
         PJWT_KEY_REVOKED},
        {"INSERT INTO revocations VALUES ('user','','alice',1767225601,1,0,'root','')", 60,
         PJWT_USER_REVOKED},
        {"DELETE FROM tickets", 60, PJWT_TICKET_UNKNOWN},
    };
    struct scratch *s = *state;

    for (size_t i = 0; i < PJWT_COUNT(cases); i++) {
        struct pjwt_ticket row = ticket_trial_row();
        struct pjwt_ticket renewed = {.user = "untouched"};
        PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
        PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;

        scratch_sql(s, "DELETE FROM blocks; DELETE FROM revocations; DELETE FROM tickets");
        scratch_set_text(row.iss, sizeof(row.iss), "https://corp");
        scratch_set_text(row.jti, sizeof(row.jti), "j-1");
        scratch_set_text(row.kid, sizeof(row.kid), "k-1");
        row.iat = NOW;
        text = ticket_trial_issue(s, &row);
        if (cases[i].sql != NULL) {
            scratch_sql(s, cases[i].sql);
        }
        assert_int_equal(renew(s, text, NOW + cases[i].after, &renewed, &fresh).reason,
                         cases[i].reason);
        if (cases[i].reason != PJWT_OK) {
            assert_string_equal(renewed.user, "untouched");
        }
    }
}

/* One that is good once is not renewable from the start. */
static void
test_one_time_is_not_renewable(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = ticket_trial_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;

    row.one_time = 1;
    text = ticket_trial_issue(s, &row);
    assert_true(ticket_trial_row_of(s, row.id).renewable_until == 0);
    assert_reason(renew(s, text, NOW, &row, &fresh), TICKET_FIXED);
}

/* Made before the lifetime was kept: what it was is still to be seen. */
static void
test_renew_an_old_row(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = ticket_trial_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = ticket_trial_issue(s, &row);
    PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;

    scratch_sql(s, "UPDATE tickets SET lifetime=0");
    assert_reason(renew(s, text, NOW + 60, &row, &fresh), OK);
    assert_true(row.expires == NOW + 60 + 8 * HOUR);
}

/* The ticket that a revocation marked stays marked, whatever its secret. */
static void
test_revocation_outlives_renewal(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = ticket_trial_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = ticket_trial_issue(s, &row);
    PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;

    assert_reason(renew(s, text, NOW + 60, &row, &fresh), OK);
    assert_reason(pjwt_revocation_ticket(s->store, row.id, NOW + 61, "root", ""), OK);
    assert_reason(ticket_trial_check(s, fresh, NOW + 62), TICKET_REVOKED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_renew),
        CASE(test_renew_until),
        CASE(test_renew_refused),
        CASE(test_one_time_is_not_renewable),
        CASE(test_renew_an_old_row),
        CASE(test_revocation_outlives_renewal),
    };

    return cmocka_run_group_tests_name("ticket renew", tests, NULL, NULL);
}
