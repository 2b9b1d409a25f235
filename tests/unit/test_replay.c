/* Does a credential that is good for one login log in once, whatever the clock does? */
#include "tests/unit/support/scratch.h"

#include "lib/store/admit.h"
#include "lib/store/db.h"
#include "lib/store/replay.h"
#include "lib/store/tickets.h"

#include <string.h>

#define NOW 1767225600
#define UP  5000

static const struct pjwt_asker asker = {
    .pid = 200, .started = 7000, .parent = 100, .parent_started = 6000};
static const struct pjwt_grant token = {.user = "alice",
                                        .service = "sshd",
                                        .iss = "https://idp.example.com",
                                        .sub = "s-1",
                                        .jti = "j-1",
                                        .iat = NOW - 60,
                                        .issued = NOW - 60,
                                        .expires = NOW + 300,
                                        .leeway = 30,
                                        .one_time = true};

static pjwt_verdict
admit_at(struct scratch *s, const struct pjwt_grant *grant, int64_t now)
{
    const struct pjwt_clock clock = {.now = now, .up = UP + (now - NOW), .boot = "a"};
    char id[PJWT_HANDOFF_SIZE] = "untouched";
    pjwt_verdict v = pjwt_admit(s->store, grant, NULL, &asker, &clock, id);

    assert_int_equal(strcmp(id, "untouched") != 0, pjwt_ok(v));
    return v;
}

static pjwt_verdict
look(struct scratch *s, const struct pjwt_grant *grant)
{
    struct pjwt_report report = {0};

    return pjwt_replay_check(s->store, grant, &report);
}

static int64_t
count(struct scratch *s, const char *sql)
{
    int64_t number = -1;

    assert_reason(pjwt_db_number(s->store, sql, &number), OK);
    return number;
}

static void
test_token_once(void **state)
{
    struct scratch *s = *state;

    assert_reason(look(s, &token), OK);
    assert_reason(look(s, &token), OK); /* looking spends nothing */
    assert_reason(admit_at(s, &token, NOW), OK);
    assert_reason(look(s, &token), REPLAYED);
    assert_reason(admit_at(s, &token, NOW + 1), REPLAYED);
    scratch_reopen(s); /* durable */
    assert_reason(look(s, &token), REPLAYED);
    assert_reason(admit_at(s, &token, NOW + 2), REPLAYED);
}

/* A refusal leaves nothing behind: no handoff, no mark. */
static void
test_refusal_writes_nothing(void **state)
{
    struct scratch *s = *state;

    assert_reason(admit_at(s, &token, NOW), OK);
    assert_int_equal(count(s, "SELECT count(*) FROM handoffs"), 1);
    assert_reason(admit_at(s, &token, NOW + 90), REPLAYED);
    assert_int_equal(count(s, "SELECT count(*) FROM handoffs"), 1);
    assert_int_equal(count(s, "SELECT mark FROM clock"), NOW);
}

static void
test_other_tokens(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant other = token;

    assert_reason(admit_at(s, &token, NOW), OK);
    scratch_set_text(other.jti, sizeof(other.jti), "j-2");
    assert_reason(admit_at(s, &other, NOW), OK);
    other = token; /* the same jti of another issuer */
    scratch_set_text(other.iss, sizeof(other.iss), "https://idp.example.com/");
    assert_reason(admit_at(s, &other, NOW), OK);
    other = token; /* for another user and service it is the same token */
    scratch_set_text(other.user, sizeof(other.user), "bob");
    scratch_set_text(other.service, sizeof(other.service), "sudo");
    assert_reason(admit_at(s, &other, NOW), REPLAYED);
}

static void
test_many_times(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant many = token;

    many.one_time = false;
    assert_reason(admit_at(s, &many, NOW), OK);
    assert_reason(look(s, &many), OK);
    assert_reason(admit_at(s, &many, NOW), OK);
    assert_int_equal(count(s, "SELECT count(*) FROM replay"), 0);
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
    assert_reason(look(s, &grant), OK);
    assert_reason(admit_at(s, &grant, NOW), OK);
    assert_reason(look(s, &grant), TICKET_SPENT);
    scratch_reopen(s);
    assert_reason(admit_at(s, &grant, NOW + 1), TICKET_SPENT);
    assert_reason(pjwt_ticket_get(s->store, row.id, &row), OK);
    assert_int_equal(row.spent_at, NOW);
    row.one_time = 0;
    assert_reason(pjwt_ticket_issue(s->store, &row, &many), OK);
    assert_int_equal(row.spent_at, 0);
    assert_reason(check_ticket(s, many, &grant), OK);
    assert_false(grant.one_time);
    assert_reason(admit_at(s, &grant, NOW), OK);
    assert_reason(admit_at(s, &grant, NOW), OK);
}

/* Its row is gone meanwhile. */
static void
test_ticket_gone(void **state)
{
    struct scratch *s = *state;
    const struct pjwt_grant grant = {
        .user = "alice", .service = "sshd", .ticket = "0Az9ZaBcDeFg", .one_time = true};

    assert_reason(look(s, &grant), TICKET_UNKNOWN);
    assert_reason(admit_at(s, &grant, NOW), TICKET_SPENT);
}

static void
test_missing_table(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant many = token;

    scratch_sql(s, "DROP TABLE replay");
    assert_reason(look(s, &token), STORE_DAMAGED);
    assert_reason(admit_at(s, &token, NOW), STORE_DAMAGED);
    many.one_time = false;
    assert_reason(admit_at(s, &many, NOW), STORE_DAMAGED);
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
