/* Does a login end with all of its processes, whatever they ignore, and with no other? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/support/relatives.h"

#include "helper/process/ending.h"
#include "helper/process/tree.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a login is made of here: its own process, a child in its kernel session, one that made a
 * session, a member of that one whose parent has ended, one that is deaf. */
enum part { ROOT, CHILD, LEADER, MEMBER, DEAF, PARTS };

struct family {
    struct pjwt_process part[PARTS];
    struct pjwt_process beside; /* in root's kernel session, but no child of it */
};

/* A session of its own, with a member whose parent has ended. */
static void
lead(int out)
{
    (void)setsid();
    if (fork() == 0) {
        if (fork() == 0) {
            relatives_report(out, MEMBER);
            relatives_wait();
        }
        _exit(0);
    }
    (void)wait(NULL);
    relatives_report(out, LEADER);
    relatives_wait();
}

static void
be_root(int out)
{
    if (fork() == 0) {
        relatives_report(out, CHILD);
        relatives_wait();
    }
    if (fork() == 0) {
        lead(out);
    }
    if (fork() == 0) {
        (void)signal(SIGTERM, SIG_IGN);
        (void)signal(SIGHUP, SIG_IGN);
        relatives_report(out, DEAF);
        relatives_wait();
    }
    relatives_report(out, ROOT);
    relatives_wait();
}

static struct family
start(void)
{
    struct family f = {0};
    int ends[2];
    pid_t pair[2];

    assert_int_equal(pipe(ends), 0);
    if (fork() == 0) {
        be_root(ends[1]);
    }
    for (int i = 0; i < PARTS; i++) {
        assert_int_equal(read(ends[0], pair, sizeof(pair)), sizeof(pair));
        assert_true(pjwt_process_read(pair[1], &f.part[pair[0]]));
    }
    pair[1] = fork();
    if (pair[1] == 0) {
        relatives_wait();
    }
    assert_true(pjwt_process_read(pair[1], &f.beside));
    (void)close(ends[0]);
    (void)close(ends[1]);
    return f;
}

static void
stop(struct family *f)
{
    for (int i = 0; i < PARTS; i++) {
        if (relatives_lives(&f->part[i])) {
            (void)kill(f->part[i].pid, SIGKILL);
        }
    }
    (void)kill(f->beside.pid, SIGKILL);
    while (wait(NULL) > 0) {
    }
}

static bool
marked(const struct pjwt_processes *all, const bool *member, const struct pjwt_process *p)
{
    const struct pjwt_process *found = pjwt_processes_find(all, p->pid);

    return found != NULL && member[found - all->item];
}

static void
test_tree(void **state)
{
    static const struct pjwt_group none = {PJWT_GROUP_NONE, ""};
    PJWT_PROCESSES_SCOPE struct pjwt_processes all = {0};
    struct family f = start();
    struct pjwt_process self = {0};
    bool *member = NULL;

    (void)state;
    assert_true(pjwt_processes_read(&all));
    member = calloc(all.count, sizeof(*member));
    assert_non_null(member);
    pjwt_tree_mark(&all, &f.part[ROOT], &none, member);
    for (int i = 0; i < PARTS; i++) {
        assert_true(marked(&all, member, &f.part[i]));
    }
    assert_false(marked(&all, member, &f.beside));
    assert_true(pjwt_process_read(getpid(), &self));
    assert_false(marked(&all, member, &self));
    free(member);
    stop(&f);
}

static void
test_ended_and_nobody_else(void **state)
{
    struct family f = start();
    struct pjwt_ended login = {.pid = f.part[ROOT].pid, .started = f.part[ROOT].started};

    (void)state;
    assert_true(pjwt_ending_run(&login, 1));
    assert_true(login.found);
    assert_int_equal(login.survivor, 0);
    assert_int_equal(login.processes, PARTS);
    for (int i = 0; i < PARTS; i++) {
        assert_false(relatives_lives(&f.part[i]));
    }
    assert_true(relatives_lives(&f.beside));
    stop(&f);
}

/* The pid is another's by now: nothing is signalled. */
static void
test_another_start(void **state)
{
    struct family f = start();
    struct pjwt_ended login = {.pid = f.part[ROOT].pid, .started = f.part[ROOT].started + 1};

    (void)state;
    assert_true(pjwt_ending_run(&login, 1));
    assert_false(login.found);
    assert_int_equal(login.processes, 0);
    for (int i = 0; i < PARTS; i++) {
        assert_true(relatives_lives(&f.part[i]));
    }
    stop(&f);
}

static void
test_stat(void **state)
{
    struct pjwt_process p = {0};
    char boot[PJWT_BOOT_SIZE];
    char tty[PJWT_TTY_SIZE];

    (void)state;
    assert_int_equal(prctl(PR_SET_NAME, ") Z 1 (x"), 0); /* what a process may call itself */
    assert_true(pjwt_process_read(getpid(), &p));
    assert_int_equal(p.parent, getppid());
    assert_int_equal(p.session, getsid(0));
    assert_true(pjwt_process_lives(getpid(), p.started));
    assert_false(pjwt_process_lives(getpid(), p.started + 1));
    assert_false(pjwt_process_lives(getpid(), 0));
    assert_false(pjwt_process_read(-1, &p));
    pjwt_process_boot(boot);
    assert_int_equal(boot[8], '-');
    assert_int_equal(boot[PJWT_BOOT_SIZE - 1], '\0');
    p.tty = 136U << 8 | 3U;
    assert_string_equal(pjwt_process_tty(&p, tty), "pts/3");
    p.tty = 136U << 8 | 44U | 1U << 20; /* minor 300 */
    assert_string_equal(pjwt_process_tty(&p, tty), "pts/300");
    p.tty = 4U << 8 | 1U;
    assert_string_equal(pjwt_process_tty(&p, tty), "tty1");
    p.tty = 0;
    assert_string_equal(pjwt_process_tty(&p, tty), "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stat),
        cmocka_unit_test(test_tree),
        cmocka_unit_test(test_another_start),
        cmocka_unit_test(test_ended_and_nobody_else),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
