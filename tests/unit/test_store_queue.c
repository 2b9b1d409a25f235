/* Do writers wait in line, and does no reader wait for them? */
#include "tests/unit/support/child.h"
#include "tests/unit/support/scratch.h"

#include "lib/store/change.h"
#include "lib/store/db.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/time.h>

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
on_alarm(int number)
{
    (void)number;
}

/* A repeating timer, so that a signal which comes before the wait begins is not the last. */
static void
set_timer(suseconds_t every)
{
    struct sigaction action = {.sa_handler = on_alarm}; /* no SA_RESTART */
    struct itimerval timer = {{0, every}, {0, every}};

    assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
    assert_int_equal(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

static int
hold_queue(struct scratch *s, struct test_child *child)
{
    int fd = open(scratch_path(s, "state/queue.lock"), O_RDONLY | O_CLOEXEC);

    if (fd < 0 || flock(fd, LOCK_EX) != 0) {
        return 1;
    }
    test_child_tell(child); /* it is held … */
    test_child_wait(child); /* … until the parent has seen that */
    return close(fd);
}

static void
test_queue_held_by_another(void **state)
{
    struct scratch *s = *state;
    struct test_child child;

    pjwt_drop_store(&s->store);
    test_child_start(&child, hold_queue, s);
    test_parent_wait(&child);
    scratch_reopen(s);
    {
        PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

        set_timer(20000);
        assert_reason(pjwt_change_begin(&change, s->store), STORE_BUSY);
        set_timer(0);
    }
    test_parent_tell(&child);
    assert_int_equal(test_child_end(&child), 0);
    {
        PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

        assert_reason(pjwt_change_begin(&change, s->store), OK);
    }
}

/* A writer that is not in our queue: SQLite's own wait ends in the same answer. */
static int
hold_database(struct scratch *s, struct test_child *child)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;

    if (!pjwt_ok(pjwt_store_open(scratch_path(s, "state"), &store, NULL)) ||
        sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK) {
        return 1;
    }
    test_child_tell(child);
    test_child_wait(child);
    return 0;
}

static void
test_database_held_by_another(void **state)
{
    struct scratch *s = *state;
    struct pjwt_store_counts counts = {0};
    struct test_child child;

    pjwt_drop_store(&s->store); /* SQLite's state must not cross a fork */
    test_child_start(&child, hold_database, s);
    test_parent_wait(&child);
    scratch_reopen(s);
    assert_int_equal(sqlite3_busy_timeout(s->store->db, 1), SQLITE_OK);
    {
        PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

        assert_reason(pjwt_change_begin(&change, s->store), STORE_BUSY);
    }
    assert_reason(pjwt_store_count(s->store, &counts), OK); /* readers do not wait */
    test_parent_tell(&child);
    assert_int_equal(test_child_end(&child), 0);
}

#define WRITES 50

static int
write_rows(struct scratch *s, const char *name)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;

    if (!pjwt_ok(pjwt_store_open(scratch_path(s, "state"), &store, NULL))) {
        return 1;
    }
    for (int i = 0; i < WRITES; i++) {
        PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

        if (!pjwt_ok(pjwt_change_begin(&change, store)) ||
            !pjwt_ok(pjwt_db_run(store, "INSERT INTO blocks (user,created) VALUES (?||?,1)",
                                 PJWT_ARGS(pjwt_arg_text(name), pjwt_arg_number(i)), NULL)) ||
            !pjwt_ok(pjwt_change_commit(&change))) {
            return 2;
        }
    }
    return 0;
}

static int
write_as_child(struct scratch *s, struct test_child *child)
{
    test_child_tell(child);
    test_child_wait(child);
    return write_rows(s, "child");
}

static void
test_two_processes_write_at_once(void **state)
{
    struct scratch *s = *state;
    struct pjwt_store_counts counts = {0};
    struct test_child child;

    pjwt_drop_store(&s->store);
    test_child_start(&child, write_as_child, s);
    test_parent_wait(&child);
    test_parent_tell(&child);
    assert_int_equal(write_rows(s, "parent"), 0);
    assert_int_equal(test_child_end(&child), 0);
    scratch_reopen(s);
    assert_reason(pjwt_store_count(s->store, &counts), OK);
    assert_int_equal(counts.blocks, 2 * WRITES);
}

/* Is the line free for another descriptor, which stands for another process? */
static bool
line_is_free(struct scratch *s)
{
    int fd __attribute__((cleanup(pjwt_drop_fd))) =
        open(scratch_path(s, "state/queue.lock"), O_RDONLY | O_CLOEXEC);

    assert_true(fd >= 0);
    return flock(fd, LOCK_SH | LOCK_NB) == 0; /* would pass beside a weaker lock */
}

/* The lock is held for the change alone, however the change ends. */
static void
test_line_is_left(void **state)
{
    struct scratch *s = *state;

    assert_true(line_is_free(s));
    {
        PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

        assert_reason(pjwt_change_begin(&change, s->store), OK);
        assert_false(line_is_free(s));
        assert_reason(pjwt_change_commit(&change), OK);
        assert_true(line_is_free(s));
        assert_reason(pjwt_change_begin(&change, s->store), OK);
        assert_false(line_is_free(s));
    }
    assert_true(line_is_free(s));
    scratch_sql(s, "BEGIN");
    {
        PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

        assert_false(pjwt_ok(pjwt_change_begin(&change, s->store))); /* one is open already */
    }
    scratch_sql(s, "ROLLBACK");
    assert_true(line_is_free(s));
}

/* A process may look at the store again while it has it open: its locks must survive that. */
static void
test_second_look_keeps_the_locks(void **state)
{
    struct scratch *s = *state;
    struct test_child child;
    bool made = true;

    pjwt_drop_store(&s->store);
    test_child_start(&child, write_as_child, s);
    test_parent_wait(&child);
    scratch_reopen(s);
    scratch_sql(s, "BEGIN IMMEDIATE");
    assert_reason(try_open(s), OK);
    test_parent_tell(&child);
    assert_int_equal(test_child_end(&child), 2); /* it waited for us in vain */
    scratch_sql(s, "ROLLBACK");
    assert_reason(try_init(s, &made), OK);
    assert_false(made);
}

#define STORE_CASE(name) \
    cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(test_queue_held_by_another),       STORE_CASE(test_database_held_by_another),
        STORE_CASE(test_two_processes_write_at_once), STORE_CASE(test_line_is_left),
        STORE_CASE(test_second_look_keeps_the_locks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
