/* Is the session file made private, and refused when it is not? */
#include "tests/unit/support/scratch.h"

#include "lib/store/db.h"
#include "lib/store/schema.h"

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
test_init_makes_private_files(void **state)
{
    struct scratch *s = *state;
    mode_t mask = umask(0777); /* exact, whatever the umask */
    bool made = false;

    assert_reason(try_init(s, &made), OK);
    (void)umask(mask);
    assert_true(made);
    assert_int_equal(scratch_mode(s, "state"), 0700);
    assert_int_equal(scratch_mode(s, "state/sessions.db"), 0600);
    assert_int_equal(scratch_mode(s, "state/queue.lock"), 0600);
    assert_reason(try_open(s), OK);
}

/* SQLite makes its log and its index when they are first needed. */
static void
test_files_stay_private(void **state)
{
    static const char *const names[] = {"state/sessions.db", "state/sessions.db-wal",
                                        "state/sessions.db-shm", "state/queue.lock"};
    struct scratch *s = *state;
    mode_t mask = umask(0);

    assert_reason(pjwt_db_run(s->store, "DELETE FROM blocks", PJWT_NO_ARGS, NULL), OK);
    for (size_t i = 0; i < PJWT_COUNT(names); i++) {
        assert_int_equal(scratch_mode(s, names[i]), 0600);
    }
    scratch_reopen(s);
    scratch_sql(s, "INSERT INTO blocks (user,created) VALUES ('alice',1)");
    for (size_t i = 0; i < PJWT_COUNT(names); i++) {
        assert_int_equal(scratch_mode(s, names[i]), 0600);
    }
    (void)umask(mask);
}

static void
test_init_again_keeps_what_is_there(void **state)
{
    struct scratch *s = *state;
    struct pjwt_store_counts counts = {0};
    bool made = true;

    scratch_sql(s, "INSERT INTO blocks (user,created) VALUES ('alice',1)");
    assert_reason(try_init(s, &made), OK);
    assert_false(made);
    assert_reason(pjwt_store_count(s->store, &counts), OK);
    assert_int_equal(counts.schema, PJWT_SCHEMA_VERSION);
    assert_int_equal(counts.blocks, 1);
    assert_int_equal(counts.tickets, 0);
    assert_int_equal(counts.revocations, 0);
}

/* Killed between making the file and its tables: the next init finishes the work. */
static void
test_init_after_a_killed_init(void **state)
{
    struct scratch *s = *state;
    bool made = false;

    scratch_mkdir(s, "state", 0700);
    scratch_write(s, "state/queue.lock", "", 0600);
    scratch_write(s, "state/sessions.db", "", 0600);
    assert_reason(try_open(s), STORE_DAMAGED);
    assert_reason(try_init(s, &made), OK);
    assert_true(made);
    assert_reason(try_open(s), OK);
}

static void
test_open_never_creates(void **state)
{
    static const char *const names[] = {"state/sessions.db", "state/queue.lock"};
    struct scratch *s = *state;
    bool made = false;

    assert_reason(try_open(s), STORE_MISSING);
    assert_int_equal(access(scratch_path(s, "state"), F_OK), -1);
    for (size_t i = 0; i < PJWT_COUNT(names); i++) {
        assert_reason(try_init(s, &made), OK);
        assert_reason(try_open(s), OK);
        assert_int_equal(unlink(scratch_path(s, names[i])), 0);
        assert_reason(try_open(s), STORE_MISSING);
        assert_int_equal(access(scratch_path(s, names[i]), F_OK), -1);
        (void)unlink(scratch_path(s, "state/queue.lock")); /* or init refuses, see below */
    }
}

/* What it knew is lost with it; only who takes the mark away too starts anew. */
static void
test_init_does_not_hide_a_loss(void **state)
{
    struct scratch *s = *state;
    bool made = false;

    for (int empty = 0; empty < 2; empty++) {
        assert_reason(try_init(s, &made), OK);
        assert_int_equal(unlink(scratch_path(s, "state/sessions.db")), 0);
        if (empty == 1) {
            scratch_write(s, "state/sessions.db", "", 0600);
        }
        assert_reason(try_init(s, &made), STORE_DAMAGED);
        assert_non_null(
            strstr(why.text, empty == 1 ? "is empty, and with" : "is gone, and with"));
        assert_int_equal(unlink(scratch_path(s, "state/queue.lock")), 0);
        assert_reason(try_init(s, &made), OK);
        assert_true(made);
    }
}

static void
test_others_may_not_reach_it(void **state)
{
    static const struct {
        const char *name;
        mode_t good, bad;
    } cases[] = {{"state", 0700, 0750},
                 {"state", 0700, 0701},
                 {"state/sessions.db", 0600, 0640},
                 {"state/sessions.db-wal", 0600, 0604},
                 {"state/sessions.db-shm", 0600, 0660},
                 {"state/queue.lock", 0600, 0604}};
    struct scratch *s = *state;

    for (size_t i = 0; i < PJWT_COUNT(cases); i++) {
        assert_int_equal(chmod(scratch_path(s, cases[i].name), cases[i].bad), 0);
        assert_reason(try_open(s), STORE_UNSAFE);
        assert_int_equal(chmod(scratch_path(s, cases[i].name), cases[i].good), 0);
        assert_reason(try_open(s), OK);
    }
}

static void
test_links_are_refused(void **state)
{
    static const char *const names[] = {"sessions.db", "sessions.db-wal", "queue.lock"};
    struct scratch *s = *state;
    char moved[128], path[128];

    for (size_t i = 0; i < PJWT_COUNT(names); i++) {
        (void)snprintf(path, sizeof(path), "%s/state/%s", s->dir, names[i]);
        (void)snprintf(moved, sizeof(moved), "%s/moved", s->dir);
        assert_int_equal(rename(path, moved), 0);
        assert_int_equal(symlink(moved, path), 0);
        assert_reason(try_open(s), STORE_UNSAFE);
        assert_int_equal(rename(moved, path), 0);
        assert_reason(try_open(s), OK);
    }
}

/* A login that closes the file writes nothing more and leaves the log for the next. */
static void
test_close_keeps_the_log(void **state)
{
    struct scratch *s = *state;
    struct pjwt_store_counts counts = {0};
    struct stat before, after;

    scratch_sql(s, "INSERT INTO blocks (user,created) VALUES ('alice',1)");
    assert_int_equal(stat(scratch_path(s, "state/sessions.db"), &before), 0);
    pjwt_drop_store(&s->store);
    assert_int_equal(stat(scratch_path(s, "state/sessions.db"), &after), 0);
    assert_int_equal(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
    assert_int_equal(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
    assert_int_equal(stat(scratch_path(s, "state/sessions.db-wal"), &after), 0);
    assert_true(after.st_size > 0);
    scratch_reopen(s);
    assert_reason(pjwt_store_count(s->store, &counts), OK);
    assert_int_equal(counts.blocks, 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
#define STORE_CASE(name) \
    cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_init_makes_private_files),
        STORE_CASE(test_files_stay_private),
        STORE_CASE(test_init_again_keeps_what_is_there),
        CASE(test_init_after_a_killed_init),
        CASE(test_open_never_creates),
        CASE(test_init_does_not_hide_a_loss),
        STORE_CASE(test_others_may_not_reach_it),
        STORE_CASE(test_links_are_refused),
        STORE_CASE(test_close_keeps_the_log),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
