/* Is a session file refused that is not ours, not whole or not of this version? */
#include "tests/unit/support/scratch.h"

#include "lib/store/db.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct pjwt_why why;

static pjwt_verdict
try_open(struct scratch *s)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    pjwt_verdict v = pjwt_store_open(scratch_path(s, "state"), &store, &why);

    assert_int_equal(pjwt_ok(v), store != NULL);
    return v;
}

static pjwt_verdict
try_init(struct scratch *s, bool *made)
{
    return pjwt_store_init(scratch_path(s, "state"), made, &why);
}

static void
test_not_a_database(void **state)
{
    struct scratch *s = *state;
    bool made = false;

    scratch_mkdir(s, "state", 0700);
    scratch_write(s, "state/queue.lock", "", 0600);
    scratch_write(s, "state/sessions.db",
                  "user alice is blocked\nand this is a text, longer than the header of a "
                  "database, which has a hundred bytes\n",
                  0600);
    assert_reason(try_open(s), STORE_DAMAGED);
    assert_non_null(strstr(why.text, "not a database"));
    assert_reason(try_init(s, &made), STORE_DAMAGED); /* and init does not write over it */
}

static void
test_another_programs_database(void **state)
{
    struct scratch *s = *state;
    bool made = false;

    scratch_sql(s, "PRAGMA application_id=1347049301");
    assert_reason(try_open(s), STORE_DAMAGED);
    assert_non_null(strstr(why.text, "not a session file of pam_jwt"));
    assert_reason(try_init(s, &made), STORE_DAMAGED);
    scratch_sql(s, "PRAGMA application_id=1347049300");
    assert_reason(try_open(s), OK);
}

static void
set_version(struct scratch *s, int version)
{
    char sql[64];

    (void)snprintf(sql, sizeof(sql), "PRAGMA user_version=%d", version);
    scratch_sql(s, sql);
}

static void
test_newer_schema(void **state)
{
    struct scratch *s = *state;
    bool made = false;

    set_version(s, PJWT_SCHEMA_VERSION + 1);
    assert_reason(try_open(s), STORE_SCHEMA);
    assert_non_null(strstr(why.text, "newer"));
    assert_reason(try_init(s, &made), STORE_SCHEMA); /* there is no way back */
    set_version(s, PJWT_SCHEMA_VERSION);
    assert_reason(try_open(s), OK);
}

static void
test_older_schema(void **state)
{
    struct scratch *s = *state;

    scratch_sql(s, "PRAGMA user_version=0");
    assert_reason(try_open(s), STORE_SCHEMA);
    assert_non_null(strstr(why.text, "run `pamjwt init`"));
    scratch_sql(s, "PRAGMA user_version=-1");
    assert_reason(try_open(s), STORE_DAMAGED);
}

#define NAMES "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"

/* The one before ours is read as it is, and brought forward where it lies, with its rows. */
static void
test_sealed_schema(void **state)
{
    struct scratch *s = *state;
    int64_t names = scratch_number(s, NAMES);
    int64_t guard = 0;
    bool made = true;

    scratch_sql(s, "DROP INDEX tickets_login; ALTER TABLE tickets DROP COLUMN login;"
                   "ALTER TABLE handoffs DROP COLUMN claims; PRAGMA user_version=4;"
                   "INSERT INTO blocks (user,created,until) VALUES ('mallory',1,0)");
    scratch_reopen(s);
    guard = scratch_number(s, "SELECT number FROM guard");
    assert_reason(try_init(s, &made), OK);
    assert_false(made);
    scratch_reopen(s);
    assert_int_equal(scratch_number(s, "PRAGMA user_version"), PJWT_SCHEMA_VERSION);
    assert_int_equal(scratch_number(s, NAMES), names);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM blocks"), 1);
    assert_int_equal(scratch_number(s, "SELECT count(login) FROM tickets"), 0);
    assert_int_equal(scratch_number(s, "SELECT count(claims) FROM handoffs"), 0);
    assert_int_equal(scratch_number(s, "SELECT number FROM guard"), guard + 1);
}

/* A step that fails is taken back whole. */
static void
test_failed_step_changes_nothing(void **state)
{
    struct scratch *s = *state;
    int64_t version = 7;
    int64_t tables = 0;
    bool made = false;

    scratch_sql(s, "DROP TABLE tickets; PRAGMA user_version=0"); /* `blocks` will collide */
    assert_reason(try_init(s, &made), STORE_DAMAGED);
    assert_reason(pjwt_db_number(s->store, "PRAGMA user_version", &version), OK);
    assert_int_equal(version, 0);
    assert_reason(pjwt_db_number(s->store,
                                 "SELECT count(*) FROM sqlite_master WHERE name='tickets'",
                                 &tables),
                  OK);
    assert_int_equal(tables, 0);
}

static void
test_missing_table(void **state)
{
    struct scratch *s = *state;
    struct pjwt_store_counts counts = {0};

    assert_reason(pjwt_store_count(s->store, &counts), OK);
    scratch_sql(s, "DROP TABLE revocations");
    assert_reason(pjwt_store_count(s->store, &counts), STORE_DAMAGED);
}

static int
header_byte(struct scratch *s, long at)
{
    FILE *file = fopen(scratch_path(s, "state/sessions.db"), "re");
    int byte = EOF;

    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    byte = fgetc(file);
    (void)fclose(file);
    return byte;
}

/* A restore that was killed leaves it so, with all that was committed. Whoever else holds it
 * without a log is not disturbed, and nothing is written without one. */
static void
test_rollback_journal_becomes_a_log(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(store) struct pjwt_store *restoring = NULL;

    scratch_sql(s, "PRAGMA journal_mode=DELETE; PRAGMA locking_mode=EXCLUSIVE;"
                   "BEGIN EXCLUSIVE; COMMIT");
    restoring = pjwt_take(s->store);
    assert_reason(try_open(s), STORE_BUSY);
    assert_int_equal(header_byte(s, 18), 1);
    pjwt_drop_store(&restoring);
    assert_reason(try_open(s), OK);
    assert_int_equal(header_byte(s, 18), 2); /* the file format of a log */
}

static void
test_truncated(void **state)
{
    struct scratch *s = *state;
    struct stat st;

    /* init leaves nothing in the log that the file alone does not have. */
    pjwt_drop_store(&s->store);
    assert_int_equal(stat(scratch_path(s, "state/sessions.db"), &st), 0);
    assert_int_equal(st.st_size % 4096, 0);
    assert_reason(try_open(s), OK);
    assert_int_equal(truncate(scratch_path(s, "state/sessions.db"), st.st_size - 4096), 0);
    assert_reason(try_open(s), STORE_DAMAGED);
    assert_int_equal(truncate(scratch_path(s, "state/sessions.db"), 50), 0);
    assert_reason(try_open(s), STORE_DAMAGED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
#define STORE_CASE(name) \
    cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_not_a_database),      STORE_CASE(test_another_programs_database),
        STORE_CASE(test_newer_schema),  STORE_CASE(test_older_schema),
        STORE_CASE(test_sealed_schema), STORE_CASE(test_failed_step_changes_nothing),
        STORE_CASE(test_missing_table), STORE_CASE(test_rollback_journal_becomes_a_log),
        STORE_CASE(test_truncated),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
