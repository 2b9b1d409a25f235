/* Is a session file of every earlier version brought forward, whole or not at all? Each
 * tests/unit/versions/version_N.sql holds what a program of that version had written. */
#include "tests/unit/support/scratch.h"

#include "lib/store/db.h"
#include "lib/store/guard_file.h"
#include "lib/store/revocations.h"
#include "lib/store/schema.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define GOOD "pjt1_ixrpUGFJINLG_FI6YgZQRy2NZzPMoHrg7aHysPw5dpyOgVs509dA1j2x4GNPIZ"
#define BAD  "pjt1_Z8pr5cQ2i5aA_XjIwS3pJdOCer2RXLqDuOW1SqVtuHZIhpYvSiKBjoKD2h5024"
#define THEN 1795334200 /* both were issued, and one revoked, just before */

static struct pjwt_why why;

static pjwt_verdict
try_open(struct scratch *s)
{
    pjwt_drop_store(&s->store);
    return pjwt_store_open(scratch_path(s, "state"), &s->store, &why);
}

static pjwt_verdict
try_init(struct scratch *s, bool *made)
{
    return pjwt_store_init(scratch_path(s, "state"), made, &why);
}

/* Runs SQL in the file as a program of then did: without our VFS. */
static void
run_plain(struct scratch *s, const char *sql)
{
    sqlite3 *db = NULL;
    int keep = 1;

    assert_int_equal(sqlite3_open(scratch_path(s, "state/sessions.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep),
                     SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* With `logged`, all of it stands in the log, as after a program that was killed. */
static void
build_old(struct scratch *s, const char *path, bool logged)
{
    char sql[32768];
    FILE *file = fopen(path, "r");
    size_t len = 0;

    assert_non_null(file);
    len = fread(sql, 1, sizeof(sql) - 1, file);
    assert_in_range(len, 1, sizeof(sql) - 2);
    sql[len] = '\0';
    assert_int_equal(fclose(file), 0);
    scratch_mkdir(s, "state", 0700);
    scratch_write(s, "state/queue.lock", "made\n", 0600);
    scratch_write(s, "state/sessions.db", "", 0600);
    run_plain(
        s, "PRAGMA journal_mode=WAL; PRAGMA application_id=1347049300; PRAGMA user_version=1;");
    run_plain(s, "PRAGMA wal_checkpoint(TRUNCATE)");
    run_plain(s, sql);
    if (!logged) {
        run_plain(s, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

static pjwt_verdict
check(struct scratch *s, const char *text)
{
    PJWT_AUTO(secret) struct pjwt_secret *typed = pjwt_secret_copy(text, strlen(text));
    struct pjwt_report report = {0};
    struct pjwt_grant grant;

    return pjwt_ticket_check(s->store, typed, "sshd", "", THEN, &grant, &report);
}

static void
assert_all_there(struct scratch *s)
{
    struct pjwt_store_counts counts = {0};
    struct pjwt_report report = {0};

    assert_reason(pjwt_store_count(s->store, &counts), OK);
    assert_int_equal(counts.tickets, 2);
    assert_int_equal(counts.revocations, 2);
    assert_int_equal(counts.blocks, 1);
    assert_reason(check(s, GOOD), OK);
    assert_reason(check(s, BAD), TICKET_REVOKED);
    assert_reason(pjwt_revocation_check_user(s->store, "carol", THEN, &report), USER_REVOKED);
    assert_reason(pjwt_revocation_check_user(s->store, "mallory", THEN, &report), USER_BLOCKED);
    assert_reason(pjwt_revocation_check_user(s->store, "alice", THEN, &report), OK);
}

static void
each_version(void (*test)(struct scratch *, const char *, bool))
{
    glob_t files;

    assert_int_equal(glob("tests/unit/versions/version_*.sql", 0, NULL, &files), 0);
    assert_int_equal(files.gl_pathc,
                     PJWT_SCHEMA_SEALED - 1); /* one of each without checksums */
    for (size_t i = 0; i < 2 * files.gl_pathc; i++) {
        void *state = NULL;

        (void)scratch_setup(&state);
        test(state, files.gl_pathv[i / 2], i % 2 == 1);
        (void)scratch_teardown(&state);
    }
    globfree(&files);
}

static void
bring_forward(struct scratch *s, const char *path, bool logged)
{
    bool made = true;

    build_old(s, path, logged);
    assert_reason(try_open(s), STORE_SCHEMA);
    assert_non_null(strstr(why.text, "run `pamjwt init`"));
    assert_reason(try_init(s, &made), OK);
    assert_false(made);
    assert_int_equal(scratch_mode(s, "state/sessions.db"), 0600);
    assert_int_equal(access(scratch_path(s, "state/sessions.new"), F_OK), -1);
    assert_reason(try_open(s), OK);
    assert_all_there(s);
    assert_reason(pjwt_block_add(s->store, "eve", THEN, 0, "root", ""), OK); /* and goes on */
    assert_reason(try_open(s), OK);
}

static void
test_brings_forward(void **state)
{
    (void)state;
    each_version(bring_forward);
}

/* A build was killed just before its end, so a new file and a guard lie there. */
static void
killed_before_the_rename(struct scratch *s, const char *path, bool logged)
{
    struct pjwt_guard guard = {.number = 0};
    bool made = true;

    build_old(s, path, logged);
    scratch_write(s, "state/sessions.new", "half of it", 0600);
    scratch_write(s, "state/sessions.new-wal", "and its log", 0600);
    assert_reason(pjwt_guard_make(scratch_path(s, "state"), &guard, &why), OK);
    assert_reason(try_open(s), STORE_SCHEMA);
    assert_reason(try_init(s, &made), OK);
    assert_reason(try_open(s), OK);
    assert_all_there(s);
}

static void
test_killed_before_the_rename(void **state)
{
    (void)state;
    each_version(killed_before_the_rename);
}

/* The old file put back over the new one would forget what came between. */
static void
put_back(struct scratch *s, const char *path, bool logged)
{
    bool made = true;
    char guard[PATH_MAX];

    build_old(s, path, logged);
    assert_reason(try_init(s, &made), OK);
    (void)snprintf(guard, sizeof(guard), "%s/guard", s->dir);
    assert_int_equal(rename(scratch_path(s, "state/sessions.guard"), guard), 0);
    scratch_remove(s, "state");
    build_old(s, path, logged);
    assert_int_equal(rename(guard, scratch_path(s, "state/sessions.guard")), 0);
    assert_reason(try_open(s), STORE_SCHEMA);
    assert_reason(try_init(s, &made), STORE_BEHIND);
    assert_non_null(strstr(why.text, "put in the place of a newer one"));
    assert_int_equal(unlink(scratch_path(s, "state/sessions.guard")), 0);
    assert_reason(try_init(s, &made), OK);
}

static void
test_put_back(void **state)
{
    (void)state;
    each_version(put_back);
}

/* Damage in an old file stops the conversion, and changes nothing. */
static void
damaged(struct scratch *s, const char *path, bool logged)
{
    bool made = true;

    build_old(s, path, logged);
    run_plain(s, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA writable_schema=ON;"
                 "UPDATE sqlite_master SET rootpage=(SELECT rootpage FROM"
                 " sqlite_master WHERE name='tickets') WHERE name='blocks'");
    assert_reason(try_init(s, &made), STORE_DAMAGED);
    assert_reason(try_open(s), STORE_SCHEMA);
    assert_int_equal(access(scratch_path(s, "state/sessions.guard"), F_OK), -1);
}

static void
test_damaged(void **state)
{
    (void)state;
    each_version(damaged);
}

#define CASE(name) cmocka_unit_test(name)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_brings_forward),
        CASE(test_killed_before_the_rename),
        CASE(test_put_back),
        CASE(test_damaged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
