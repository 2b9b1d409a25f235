/* Do SQLite's results and columns mean exactly what we say they mean? */
#include "tests/unit/support/scratch.h"

#include "lib/store/change.h"
#include "lib/store/db.h"

#include <stdio.h>
#include <string.h>

static void
test_settings(void **state)
{
    static const struct {
        const char *pragma;
        int64_t value;
    } cases[] = {{"PRAGMA synchronous", 2},     {"PRAGMA trusted_schema", 0},
                 {"PRAGMA cell_size_check", 1}, {"PRAGMA temp_store", 2},
                 {"PRAGMA mmap_size", 0},       {"PRAGMA wal_autocheckpoint", 0},
                 {"PRAGMA busy_timeout", 1000}, {"PRAGMA application_id", 1347049300}};
    struct scratch *s = *state;

    for (size_t i = 0; i < PJWT_COUNT(cases); i++) {
        int64_t value = -1;

        assert_reason(pjwt_db_number(s->store, cases[i].pragma, &value), OK);
        assert_int_equal(value, cases[i].value);
    }
}

static void
test_constraints(void **state)
{
    static const char *const bad[] = {
        "INSERT INTO blocks (user,created) VALUES (NULL,1)",
        "INSERT INTO blocks (user) VALUES ('bob')",
        "INSERT INTO blocks (user,created) VALUES ('',1)",
        "INSERT INTO blocks (user,created) VALUES ('bob',0)",
        "INSERT INTO revocations (kind,iss,value,created) VALUES ('pet','i','v',1)",
        "INSERT INTO revocations (kind,iss,value,created) VALUES ('user','i','v',1)",
        "INSERT INTO revocations (kind,iss,value,created) VALUES ('jti','','v',1)",
        "INSERT INTO revocations (kind,iss,value,created) VALUES ('jti','i','',1)",
        "INSERT INTO revocations (kind,iss,value,created) VALUES ('issuer','i','v',1)",
        "INSERT INTO clock (id) VALUES (2)",
        "INSERT INTO guard (one,store) VALUES (2,zeroblob(16))",
    };
    struct scratch *s = *state;

    for (size_t i = 0; i < PJWT_COUNT(bad); i++) {
        assert_reason(pjwt_db_run(s->store, bad[i], PJWT_NO_ARGS, NULL), INTERNAL);
    }
    scratch_sql(s, "INSERT INTO blocks (user,created) VALUES ('bob',1)");
    scratch_sql(s, "INSERT INTO revocations (kind,iss,value,created) VALUES ('user','','v',1),"
                   "('jti','i','v',1),('issuer','i','',1)");
    assert_reason(pjwt_db_run(s->store, "INSERT INTO blocks (user,created) VALUES ('bob',2)",
                              PJWT_NO_ARGS, NULL),
                  STORE_CONFLICT);
}

/* A column that is not what we wrote is damage, and is never cut to fit. */
static void
test_columns_are_bounded(void **state)
{
    static const struct pjwt_field text[] = {{0, 4}};
    static const struct {
        const char *sql;
        enum pjwt_reason reason;
    } cases[] = {{"SELECT 'abc'", PJWT_OK},
                 {"SELECT ''", PJWT_OK},
                 {"SELECT 'abcd'", PJWT_STORE_DAMAGED},
                 {"SELECT 'a'||char(0)", PJWT_STORE_DAMAGED},
                 {"SELECT x'616263'", PJWT_STORE_DAMAGED},
                 {"SELECT 7", PJWT_STORE_DAMAGED},
                 {"SELECT NULL", PJWT_STORE_DAMAGED}};
    struct scratch *s = *state;

    for (size_t i = 0; i < PJWT_COUNT(cases); i++) {
        PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
        char out[5] = "....";
        bool row = false;

        assert_reason(pjwt_db_query(s->store, cases[i].sql, PJWT_NO_ARGS, &stmt), OK);
        assert_reason(pjwt_db_step(s->store, stmt, &row), OK);
        assert_true(row);
        assert_int_equal(pjwt_db_read(s->store, stmt, 0, text, 1, out).reason, cases[i].reason);
        assert_int_equal(out[4], '\0'); /* nothing was written behind the four */
    }
}

static void
test_numbers_and_blobs_are_typed(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    unsigned char bytes[3];
    int64_t value = 0;
    bool row = false;

    assert_reason(pjwt_db_number(s->store, "SELECT '7'", &value), STORE_DAMAGED);
    assert_reason(pjwt_db_number(s->store, "SELECT 7.0", &value), STORE_DAMAGED);
    assert_reason(pjwt_db_number(s->store, "SELECT 7", &value), OK);
    assert_int_equal(value, 7);
    assert_reason(
        pjwt_db_query(s->store, "SELECT x'010203',x'0102','abc'", PJWT_NO_ARGS, &stmt), OK);
    assert_reason(pjwt_db_step(s->store, stmt, &row), OK);
    assert_reason(pjwt_db_blob(s->store, stmt, 0, bytes, 3), OK);
    assert_reason(pjwt_db_blob(s->store, stmt, 1, bytes, 3), STORE_DAMAGED);
    assert_reason(pjwt_db_blob(s->store, stmt, 2, bytes, 3), STORE_DAMAGED);
}

static void
test_results_and_verdicts(void **state)
{
    static const struct {
        int rc;
        enum pjwt_reason reason;
    } cases[] = {{SQLITE_OK, PJWT_OK},
                 {SQLITE_ROW, PJWT_OK},
                 {SQLITE_DONE, PJWT_OK},
                 {SQLITE_BUSY, PJWT_STORE_BUSY},
                 {SQLITE_BUSY_SNAPSHOT, PJWT_STORE_BUSY},
                 {SQLITE_LOCKED, PJWT_STORE_BUSY},
                 {SQLITE_FULL, PJWT_STORE_FULL},
                 {SQLITE_IOERR_SHMSIZE, PJWT_STORE_FULL},
                 {SQLITE_CORRUPT, PJWT_STORE_DAMAGED},
                 {SQLITE_CORRUPT_INDEX, PJWT_STORE_DAMAGED},
                 {SQLITE_NOTADB, PJWT_STORE_DAMAGED},
                 {SQLITE_IOERR_SHORT_READ, PJWT_STORE_DAMAGED},
                 {SQLITE_ERROR, PJWT_STORE_DAMAGED},
                 {SQLITE_TOOBIG, PJWT_STORE_DAMAGED},
                 {SQLITE_CANTOPEN, PJWT_STORE_UNREAD},
                 {SQLITE_PERM, PJWT_STORE_UNREAD},
                 {SQLITE_READONLY, PJWT_STORE_UNREAD},
                 {SQLITE_IOERR_READ, PJWT_STORE_UNREAD},
                 {SQLITE_IOERR_WRITE, PJWT_STORE_UNREAD},
                 {SQLITE_NOMEM, PJWT_NO_MEMORY},
                 {SQLITE_IOERR_NOMEM, PJWT_NO_MEMORY},
                 {SQLITE_CONSTRAINT_PRIMARYKEY, PJWT_STORE_CONFLICT},
                 {SQLITE_CONSTRAINT_UNIQUE, PJWT_STORE_CONFLICT},
                 {SQLITE_CONSTRAINT_CHECK, PJWT_INTERNAL},
                 {SQLITE_MISUSE, PJWT_INTERNAL},
                 {SQLITE_AUTH, PJWT_INTERNAL}};

    (void)state;
    for (size_t i = 0; i < PJWT_COUNT(cases); i++) {
        assert_int_equal(pjwt_db_verdict(NULL, cases[i].rc).reason, cases[i].reason);
    }
}

/* What is left uncommitted is taken back, and the next in line may go. */
static void
test_change_is_taken_back(void **state)
{
    struct scratch *s = *state;
    struct pjwt_store_counts counts = {0};
    static const char sql[] = "INSERT INTO blocks (user,created) VALUES ('alice',1)";

    {
        PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

        assert_reason(pjwt_change_begin(&change, s->store), OK);
        assert_reason(pjwt_db_run(s->store, sql, PJWT_NO_ARGS, NULL), OK);
    }
    assert_reason(pjwt_store_count(s->store, &counts), OK);
    assert_int_equal(counts.blocks, 0);
    {
        PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

        assert_reason(pjwt_change_begin(&change, s->store), OK);
        assert_reason(pjwt_db_run(s->store, sql, PJWT_NO_ARGS, NULL), OK);
        assert_reason(pjwt_change_commit(&change), OK);
    }
    assert_reason(pjwt_store_count(s->store, &counts), OK);
    assert_int_equal(counts.blocks, 1);
}

/* The file of the store may grow to `pages` and no further. */
static void
test_full(void **state)
{
    struct scratch *s = *state;
    int64_t pages = 0;

    assert_reason(pjwt_db_number(s->store, "PRAGMA max_page_count=1", &pages), OK);
    {
        PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

        assert_reason(pjwt_change_begin(&change, s->store), OK);
        assert_reason(pjwt_db_run(s->store,
                                  "INSERT INTO blocks (user,created,why)"
                                  " VALUES ('alice',1,hex(zeroblob(20000)))",
                                  PJWT_NO_ARGS, NULL),
                      STORE_FULL);
    }
    assert_reason(pjwt_db_number(s->store, "PRAGMA max_page_count=1000", &pages), OK);
    scratch_sql(s, "INSERT INTO blocks (user,created) VALUES ('alice',1)");
}

static void
assert_searched(struct scratch *s, const char *sql)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool row = false;

    assert_reason(pjwt_db_query(s->store, sql, PJWT_NO_ARGS, &stmt), OK);
    assert_reason(pjwt_db_step(s->store, stmt, &row), OK);
    assert_true(row);
    assert_non_null(strstr((const char *)sqlite3_column_text(stmt, 3), "SEARCH"));
}

/* Each look-up goes by the key of its table: no number of rows makes a login slow. */
static void
test_look_ups_use_keys(void **state)
{
    struct scratch *s = *state;

    assert_searched(s, "EXPLAIN QUERY PLAN SELECT before,created,by,why FROM revocations"
                       " WHERE kind=? AND iss=? AND value=?");
    assert_searched(s, "EXPLAIN QUERY PLAN SELECT until FROM blocks WHERE user=?");
    assert_searched(s, "EXPLAIN QUERY PLAN SELECT revoked_at FROM tickets WHERE id=?");
    assert_searched(s, "EXPLAIN QUERY PLAN UPDATE tickets SET revoked_at=1"
                       " WHERE user=? AND created<=? AND revoked_at=0");
    assert_searched(s, "EXPLAIN QUERY PLAN SELECT hash FROM handoffs WHERE until<=?");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
#define STORE_CASE(name) \
    cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(test_settings),
        STORE_CASE(test_constraints),
        STORE_CASE(test_columns_are_bounded),
        STORE_CASE(test_numbers_and_blobs_are_typed),
        CASE(test_results_and_verdicts),
        STORE_CASE(test_change_is_taken_back),
        STORE_CASE(test_full),
        STORE_CASE(test_look_ups_use_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
