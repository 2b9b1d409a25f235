/* Does a credential that is good for one login log in once, whatever the clock does? */
#include "tests/unit/support/spending.h"

#include "lib/store/db.h"
#include "lib/store/tickets.h"

#include <string.h>

static void
test_token_once(void **state)
{
    struct scratch *s = *state;

    assert_reason(spending_look(s, &spending_token), OK);
    assert_reason(spending_look(s, &spending_token), OK); /* looking spends nothing */
    assert_reason(spending_admit(s, &spending_token, NOW), OK);
    assert_reason(spending_look(s, &spending_token), REPLAYED);
    assert_reason(spending_admit(s, &spending_token, NOW + 1), REPLAYED);
    scratch_reopen(s); /* durable */
    assert_reason(spending_look(s, &spending_token), REPLAYED);
    assert_reason(spending_admit(s, &spending_token, NOW + 2), REPLAYED);
}

/* A refusal leaves nothing behind: no handoff, no mark. */
static void
test_refusal_writes_nothing(void **state)
{
    struct scratch *s = *state;

    assert_reason(spending_admit(s, &spending_token, NOW), OK);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM handoffs"), 1);
    assert_reason(spending_admit(s, &spending_token, NOW + 90), REPLAYED);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM handoffs"), 1);
    assert_int_equal(scratch_number(s, "SELECT mark FROM clock"), NOW);
}

static void
test_other_tokens(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant other = spending_token;

    assert_reason(spending_admit(s, &spending_token, NOW), OK);
    scratch_set_text(other.jti, sizeof(other.jti), "j-2");
    assert_reason(spending_admit(s, &other, NOW), OK);
    other = spending_token; /* the same jti of another issuer */
    scratch_set_text(other.iss, sizeof(other.iss), "https://idp.example.com/");
    assert_reason(spending_admit(s, &other, NOW), OK);
    other = spending_token; /* for another user and service it is the same token */
    scratch_set_text(other.user, sizeof(other.user), "bob");
    scratch_set_text(other.service, sizeof(other.service), "sudo");
    assert_reason(spending_admit(s, &other, NOW), REPLAYED);
}

static void
test_many_times(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant many = spending_token;

    many.one_time = false;
    assert_reason(spending_admit(s, &many, NOW), OK);
    assert_reason(spending_look(s, &many), OK);
    assert_reason(spending_admit(s, &many, NOW), OK);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM replay"), 0);
}

static pjwt_verdict
check_ticket(struct scratch *s, const struct pjwt_secret *text, struct pjwt_grant *grant)
{
    struct pjwt_report report = {0};

    PJWT_TRY(pjwt_ticket_check(s->store, text, "sshd", "", NOW, grant, &report));
    scratch_set_text(grant->service, sizeof(grant->service), "sshd");
    return PJWT_SAY(OK);
}

static void
test_ticket_once(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = {.user = "alice",
                              .services = "sshd",
                              .created = NOW - 60,
                              .expires = NOW + 3600,
                              .one_time = 1};
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *many = NULL;
    struct pjwt_grant grant = {.user = ""};

    assert_reason(pjwt_ticket_issue(s->store, &row, &text), OK);
    assert_reason(check_ticket(s, text, &grant), OK);
    assert_true(grant.one_time);
    assert_reason(spending_look(s, &grant), OK);
    assert_reason(spending_admit(s, &grant, NOW), OK);
    assert_reason(spending_look(s, &grant), TICKET_SPENT);
    scratch_reopen(s);
    assert_reason(spending_admit(s, &grant, NOW + 1), TICKET_SPENT);
    assert_reason(pjwt_ticket_get(s->store, row.id, &row), OK);
    assert_int_equal(row.spent_at, NOW);
    row.one_time = 0;
    assert_reason(pjwt_ticket_issue(s->store, &row, &many), OK);
    assert_int_equal(row.spent_at, 0);
    assert_reason(check_ticket(s, many, &grant), OK);
    assert_false(grant.one_time);
    assert_reason(spending_admit(s, &grant, NOW), OK);
    assert_reason(spending_admit(s, &grant, NOW), OK);
}

/* Its row is gone meanwhile. */
static void
test_ticket_gone(void **state)
{
    struct scratch *s = *state;
    const struct pjwt_grant grant = {
        .user = "alice", .service = "sshd", .ticket = "0Az9ZaBcDeFg", .one_time = true};

    assert_reason(spending_look(s, &grant), TICKET_UNKNOWN);
    assert_reason(spending_admit(s, &grant, NOW), TICKET_SPENT);
}

static void
test_missing_table(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant many = spending_token;

    scratch_sql(s, "DROP TABLE replay");
    assert_reason(spending_look(s, &spending_token), STORE_DAMAGED);
    assert_reason(spending_admit(s, &spending_token, NOW), STORE_DAMAGED);
    many.one_time = false;
    assert_reason(spending_admit(s, &many, NOW), STORE_DAMAGED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_token_once),    CASE(test_refusal_writes_nothing),
        CASE(test_other_tokens),  CASE(test_many_times),
        CASE(test_ticket_once),   CASE(test_ticket_gone),
        CASE(test_missing_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
