/* Does a judge get at once what it will need, and does it without it, too? */
#include "tests/unit/support/scratch.h"

#include "helper/judge/stock.h"
#include "lib/base/own.h"
#include "lib/store/db.h"
#include "lib/store/revocations.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PIECES 40
#define PIECE  4096

/* Page faults while 160 KiB are taken from the heap and written to. */
static long
faults_of_work(void)
{
    struct rusage before = {0};
    struct rusage after = {0};
    void *pieces[PIECES];

    (void)getrusage(RUSAGE_SELF, &before);
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = malloc(PIECE);
        if (pieces[i] != NULL) {
            memset(pieces[i], 1, PIECE);
        }
    }
    (void)getrusage(RUSAGE_SELF, &after);
    for (size_t i = 0; i < PIECES; i++) {
        free(pieces[i]);
    }
    return after.ru_minflt - before.ru_minflt;
}

/* What a store in use takes of SQLite's accounts, in bytes; -1 when it cannot be opened. */
static long
account_of_store(const char *dir)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;

    if (!pjwt_ok(pjwt_store_open(dir, &store, NULL)) ||
        !pjwt_ok(pjwt_block_add(store, "eve", 1, 0, "root", ""))) {
        return -1;
    }
    return (long)sqlite3_memory_used();
}

struct cost {
    long faults;
    long account;
};

/* The program itself, started anew, as a judge is: usage: test_stock DIR yes|no. */
static int
be_started(const char *dir, bool stocked)
{
    struct cost cost = {-1, -1};

    if (stocked) {
        pjwt_stock();
    }
    cost.faults = faults_of_work();
    cost.account = account_of_store(dir);
    return write(STDOUT_FILENO, &cost, sizeof(cost)) == (ssize_t)sizeof(cost) ? 0 : 1;
}

static struct cost
cost_of_start(struct scratch *s, bool stocked)
{
    struct cost cost = {-1, -1};
    int ends[2] = {-1, -1};
    int status = -1;
    pid_t pid = -1;

    assert_int_equal(pipe(ends), 0);
    pid = fork();
    assert_int_not_equal(pid, -1);
    if (pid == 0) {
        (void)dup2(ends[1], STDOUT_FILENO);
        (void)execl("/proc/self/exe", "test_stock", scratch_path(s, "state"),
                    stocked ? "yes" : "no", (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_int_equal(read(ends[0], &cost, sizeof(cost)), sizeof(cost));
    (void)close(ends[0]);
    (void)close(ends[1]);
    return cost;
}

static bool
can_be_asked_for(void)
{
#if defined(__SANITIZE_ADDRESS__) || !defined(__GLIBC__) || !defined(MADV_POPULATE_WRITE)
    return false;
#else
    return madvise(NULL, 0, MADV_POPULATE_WRITE) == 0;
#endif
}

static void
test_heap(void **state)
{
    struct cost with = cost_of_start(*state, true);
    struct cost without = cost_of_start(*state, false);

    if (!can_be_asked_for()) {
        skip(); /* another heap, or a kernel before 5.14 */
    }
    assert_true(without.faults >= PIECES / 2); /* control */
    assert_true(with.faults < PIECES / 4);
}

static void
test_sqlite(void **state)
{
    struct cost with = cost_of_start(*state, true);
    struct cost without = cost_of_start(*state, false);

    assert_true(without.account > 0); /* control */
    assert_int_equal(with.account, 0);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_heap, scratch_store_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_sqlite, scratch_store_setup, scratch_teardown),
    };

    if (argc == 3) {
        return be_started(argv[1], strcmp(argv[2], "yes") == 0);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
