/* What does a login pay for login_ticket, with it and without? */
#include "tests/unit/support/login_trial.h"

#include "lib/store/db.h"

#include <string.h>

static int
count_scanned(unsigned kind, void *context, void *statement, void *time)
{
    (void)kind;
    (void)time;
    *(int *)context += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
    return 0;
}

/* No number of tickets and logins makes a login or its end slow: every row is found by a key.
 */
static void
nothing_is_searched_row_by_row(void **state)
{
    static const char *const kinds[] = {"", WANTED};

    for (size_t i = 0; i < PJWT_COUNT(kinds); i++) {
        TRIAL struct trial t;
        int scanned = 0;

        trial_start(&t, state, kinds[i]);
        scratch_sql(t.s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n"
                         " WHERE i<100) INSERT OR IGNORE INTO tickets"
                         " (id,hash,user,services,created,expires)"
                         " SELECT printf('%012d',i),zeroblob(32),'alice','su',1,9 FROM n");
        (void)sqlite3_trace_v2(t.s->store->db, SQLITE_TRACE_PROFILE, count_scanned, &scanned);
        assert_reason(trial_open(&t, &trial_by_token), OK);
        assert_reason(pjwt_close(t.config, t.s->store, &t.scene, t.opened, &t.report), OK);
        (void)sqlite3_trace_v2(t.s->store->db, 0, NULL, NULL);
        assert_in_range(scanned, 0, 20);
    }
}

/* What a login pays that gets no ticket. */
static int
find_claims(unsigned kind, void *context, void *statement, void *text)
{
    (void)kind;
    (void)text;
    *(bool *)context |= strstr(sqlite3_sql(statement), "claims") != NULL;
    return 0;
}

static void
claims_are_not_looked_for_in_vain(void **state)
{
    TRIAL struct trial t;
    char id[PJWT_HANDOFF_SIZE];
    bool asked = false;

    trial_start(&t, state, "");
    trial_accept(&t, &trial_by_token, NULL, id);
    (void)sqlite3_trace_v2(t.s->store->db, SQLITE_TRACE_STMT, find_claims, &asked);
    assert_reason(pjwt_open(t.config, t.s->store, &t.scene, id, t.opened, t.file, &t.report),
                  OK);
    (void)sqlite3_trace_v2(t.s->store->db, 0, NULL, NULL);
    assert_false(asked);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TRIAL_TEST(nothing_is_searched_row_by_row),
        TRIAL_TEST(claims_are_not_looked_for_in_vain),
    };

    return cmocka_run_group_tests_name("login_ticket_cost", tests, NULL, NULL);
}
