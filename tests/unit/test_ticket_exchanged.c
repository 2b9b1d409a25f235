/* What does a token become that is exchanged, and what does that cost? */
#include "tests/unit/support/ticket_trial.h"

#include "lib/store/replay.h"

static struct pjwt_grant
token_grant(bool one_time)
{
    return (struct pjwt_grant){.user = "alice",
                               .iss = "https://corp",
                               .sub = "s-1",
                               .jti = "j-1",
                               .kid = "k-1",
                               .iat = NOW - 60,
                               .auth_time = NOW - 90,
                               .issued = NOW - 60,
                               .expires = NOW + 600,
                               .one_time = one_time};
}

static pjwt_verdict
exchange(struct scratch *s, const struct pjwt_grant *from)
{
    struct pjwt_ticket row = ticket_trial_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    ticket_trial_report = (struct pjwt_report){0};
    row.user[0] = '\0';
    row.claims = "{\"a\":1}";
    v = pjwt_ticket_exchange(s->store, &row, from, &text, &ticket_trial_report);
    assert_int_equal(text != NULL, pjwt_ok(v));
    if (pjwt_ok(v)) {
        assert_reason(ticket_trial_check(s, text, NOW + 1), OK);
    }
    return v;
}

static void
test_exchange(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant often = token_grant(false);
    struct pjwt_grant once = token_grant(true);

    assert_reason(exchange(s, &often), OK);
    assert_string_equal(ticket_trial_grant.user, "alice");
    assert_string_equal(ticket_trial_grant.iss, "https://corp");
    assert_string_equal(ticket_trial_grant.sub, "s-1");
    assert_string_equal(ticket_trial_grant.jti, "j-1");
    assert_string_equal(ticket_trial_grant.kid, "k-1");
    assert_true(ticket_trial_grant.iat == NOW - 60);
    assert_true(ticket_trial_grant.auth_time == NOW - 90);
    assert_true(ticket_trial_grant.issued == NOW);
    assert_false(ticket_trial_grant.one_time);
    assert_reason(exchange(s, &often), OK);
    assert_reason(exchange(s, &once), OK);
    assert_reason(exchange(s, &once), REPLAYED);
    assert_reason(pjwt_replay_check(s->store, &once, &ticket_trial_report), REPLAYED);
}

/* All or nothing: a token that makes no ticket is not spent. */
static void
test_exchange_revoked_meanwhile(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant once = token_grant(true);
    struct pjwt_ticket other = ticket_trial_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = ticket_trial_issue(s, &other);

    assert_non_null(text);
    scratch_sql(s,
                "INSERT INTO revocations VALUES ('jti','https://corp','j-1',0,1,0,'root','')");
    assert_reason(exchange(s, &once), JTI_REVOKED);
    scratch_sql(s, "DELETE FROM revocations");
    scratch_sql(s, "CREATE UNIQUE INDEX u ON tickets (user)");
    assert_reason(exchange(s, &once), STORE_CONFLICT);
    scratch_sql(s, "DROP INDEX u");
    assert_reason(pjwt_replay_check(s->store, &once, &ticket_trial_report), OK);
    assert_reason(exchange(s, &once), OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_exchange),
        CASE(test_exchange_revoked_meanwhile),
    };

    return cmocka_run_group_tests_name("ticket exchanged", tests, NULL, NULL);
}
