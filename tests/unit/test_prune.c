/* Is what ended long ago forgotten, and nothing else? */
#include "tests/unit/support/pruning.h"

#include "lib/store/logins.h"
#include "lib/store/prune_walk.h"

#include <stdio.h>

static void
test_nothing(void **state)
{
    struct pjwt_prune prune = pruning_at(*state, &pruning_noon);

    assert_int_equal(pjwt_prune_gone(&prune), 0);
    assert_int_equal(prune.by, NOW);
}

/* To the second; and as long as it could have been renewed it counts as alive. */
static void
test_tickets(void **state)
{
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};

    pruning_add_ticket(s, "gone00000000", OLD, 0);
    pruning_add_ticket(s, "gone-renewed", OLD - 3600, OLD);
    pruning_add_ticket(s, "kept00000000", OLD + 1, 0);
    pruning_add_ticket(s, "kept-renewed", OLD - 3600, OLD + 1);
    prune = pruning_at(s, &pruning_noon);
    assert_int_equal(prune.gone[PJWT_PRUNE_TICKETS], 2);
    assert_int_equal(pjwt_prune_gone(&prune), 2);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM tickets WHERE id LIKE 'kept%'"),
                     2);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM tickets"), 2);
}

/* Its row says whose login it is: without it no revocation would find that any more. */
static void
test_ticket_of_an_open_login(void **state)
{
    bool had = false;
    struct scratch *s = *state;
    struct pjwt_login_row row = {
        .ours = 1, .user = "alice", .target = "alice", .pid = 1, .opened = NOW - 9000000};
    struct pjwt_prune prune = {0};

    pruning_add_ticket(s, "rests0000000", OLD, 0);
    pruning_add_ticket(s, "gone00000000", OLD, 0);
    scratch_set_text(row.grant.service, sizeof(row.grant.service), "sshd");
    scratch_set_text(row.grant.ticket, sizeof(row.grant.ticket), "rests0000000");
    assert_reason(pjwt_login_add(s->store, &row), OK);
    prune = pruning_at(s, &pruning_noon);
    assert_int_equal(prune.gone[PJWT_PRUNE_TICKETS], 1);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM tickets WHERE id='rests0000000'"),
                     1);
    assert_reason(pjwt_login_remove(s->store, row.id, NULL, NOW, &had), OK);
    prune = pruning_at(s, &pruning_noon);
    assert_int_equal(prune.gone[PJWT_PRUNE_TICKETS], 1);
}

static void
test_revocations(void **state)
{
    static const char *const row[][3] = {{"jti", "i", "1"},
                                         {"user", "", "alice"},
                                         {"subject", "i", "s"},
                                         {"issuer", "i", ""},
                                         {"key", "i", "k"}};
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};

    for (int64_t expires = OLD; expires <= OLD + 1; expires++) {
        for (size_t i = 0; i < PJWT_COUNT(row); i++) {
            pruning_add_revocation(s, row[i][0], row[i][1], row[i][2], expires);
        }
        pruning_add_revocation(s, "jti", "i", "without an end", 0);
        prune = pruning_at(s, &pruning_noon);
        assert_int_equal(prune.gone[PJWT_PRUNE_REVOCATIONS],
                         expires == OLD ? PJWT_COUNT(row) : 0);
        assert_int_equal(scratch_number(s, "SELECT count(*) FROM revocations WHERE expires=0"),
                         1);
        scratch_sql(s, "DELETE FROM revocations WHERE expires=0");
    }
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM revocations"), PJWT_COUNT(row));
}

static void
test_blocks(void **state)
{
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};
    char sql[256];

    (void)snprintf(sql, sizeof(sql),
                   "INSERT INTO blocks (user,created,until)"
                   " VALUES ('a',1,0),('b',1,%d),('c',1,%d),('d',1,%d)",
                   OLD, OLD + 1, OLD - 1);
    scratch_sql(s, sql);
    prune = pruning_at(s, &pruning_noon);
    assert_int_equal(prune.gone[PJWT_PRUNE_BLOCKS], 2);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM blocks WHERE user IN ('a','c')"),
                     2);
}

/* By the rule of replay.h, which a login follows as well. */
static void
test_spent(void **state)
{
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};

    pruning_add_spent(s, 700, NOW - 240);
    pruning_add_spent(s, 1, NOW - 239);
    prune = pruning_at(s, &pruning_noon);
    assert_int_equal(prune.gone[PJWT_PRUNE_SPENT], 700);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM replay"), 1);
    assert_int_equal(scratch_number(s, "SELECT forgotten FROM clock"), NOW - 240);
}

static void
test_handoffs(void **state)
{
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};
    char sql[512];

    (void)snprintf(sql, sizeof(sql),
                   "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i<9)"
                   " INSERT INTO handoffs (hash,until,user,service)"
                   " SELECT CAST(printf('%%032d',i) AS BLOB),%d+i,'alice','sshd' FROM n",
                   NOW - 4);
    scratch_sql(s, sql);
    prune = pruning_at(s, &pruning_noon);
    assert_int_equal(prune.gone[PJWT_PRUNE_HANDOFFS], 5);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM handoffs"), 5);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_nothing),     CASE(test_tickets), CASE(test_ticket_of_an_open_login),
        CASE(test_revocations), CASE(test_blocks),  CASE(test_spent),
        CASE(test_handoffs),
    };

    return cmocka_run_group_tests_name("prune", tests, NULL, NULL);
}
