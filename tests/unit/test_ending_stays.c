/* Does a login end also when what runs in it does what it can to stay? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/support/relatives.h"

#include "helper/process/ending.h"
#include "lib/base/own.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum part { ROOT, LEAVER, LEFT, NONE };

/* Told to end, it leaves: another session, and a parent that is no more. */
static int leaver_out;

static void
leave(int signal)
{
    (void)signal;
    if (fork() == 0) {
        (void)setsid();
        if (fork() == 0) {
            relatives_report(leaver_out, LEFT);
            relatives_wait();
        }
        _exit(0);
    }
}

/* As under sshd: the login's own process is in an audit session that its parent is not in, and
 * ends at once. */
static void
be_root_of_leaver(int out)
{
    PJWT_AUTO(fd) int fd = open("/proc/self/loginuid", O_WRONLY | O_CLOEXEC);

    if (fd < 0 || write(fd, "0", 1) != 1) {
        relatives_report(out, NONE);
        _exit(0);
    }
    if (fork() == 0) {
        leaver_out = out;
        (void)signal(SIGHUP, SIG_IGN);
        (void)signal(SIGTERM, leave);
        relatives_report(out, LEAVER);
        relatives_wait();
    }
    relatives_report(out, ROOT);
    relatives_wait();
}

static void
test_leaver(void **state)
{
    struct pjwt_process part[NONE] = {0};
    struct pjwt_ended login = {0};
    int ends[2];
    pid_t pair[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    if (fork() == 0) {
        be_root_of_leaver(ends[1]);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(read(ends[0], pair, sizeof(pair)), sizeof(pair));
        if (pair[0] == NONE) {
            skip(); /* no audit, or none for us */
        }
        assert_true(pjwt_process_read(pair[1], &part[pair[0]]));
    }
    login.pid = part[ROOT].pid;
    login.started = part[ROOT].started;
    assert_true(pjwt_ending_run(&login, 1));
    assert_int_equal(read(ends[0], pair, sizeof(pair)), sizeof(pair));
    assert_int_equal(pair[0], LEFT);
    assert_int_equal(login.survivor, 0);
    (void)pjwt_process_read(pair[1], &part[LEFT]);
    assert_false(relatives_lives(&part[LEFT]));
    (void)close(ends[0]);
    (void)close(ends[1]);
    while (wait(NULL) > 0) {
    }
}

#define CROWD 40
#define FEW   24 /* descriptors */

static void
be_root_of_crowd(int out)
{
    (void)signal(SIGHUP, SIG_IGN);
    (void)signal(SIGTERM, SIG_IGN);
    for (int i = 1; i < CROWD; i++) {
        if (fork() == 0) {
            break;
        }
    }
    relatives_report(out, ROOT);
    relatives_wait();
}

static void
end_with_few(pid_t root)
{
    const struct rlimit few = {FEW, FEW};
    struct pjwt_process process = {0};
    struct pjwt_ended login = {.pid = root};

    if (!pjwt_process_read(root, &process) || setrlimit(RLIMIT_NOFILE, &few) != 0) {
        _exit(2);
    }
    login.started = process.started;
    _exit(pjwt_ending_run(&login, 1) && login.processes == CROWD && login.survivor == 0 ? 0
                                                                                        : 1);
}

/* More processes than we may have descriptors: none must be taken for gone because we cannot
 * look. */
static void
test_few_descriptors(void **state)
{
    struct pjwt_process crowd[CROWD] = {0};
    int ends[2];
    pid_t pair[2];
    int status = 0;
    pid_t root = -1;
    pid_t ender = -1;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    root = fork();
    if (root == 0) {
        be_root_of_crowd(ends[1]);
    }
    for (int i = 0; i < CROWD; i++) {
        assert_int_equal(read(ends[0], pair, sizeof(pair)), sizeof(pair));
        assert_true(pjwt_process_read(pair[1], &crowd[i]));
    }
    ender = fork();
    if (ender == 0) {
        end_with_few(root);
    }
    assert_int_equal(waitpid(ender, &status, 0), ender);
    for (int i = 0; i < CROWD; i++) {
        assert_false(relatives_lives(&crowd[i]));
    }
    assert_int_equal(status, 0);
    (void)close(ends[0]);
    (void)close(ends[1]);
    while (wait(NULL) > 0) {
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leaver),
        cmocka_unit_test(test_few_descriptors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
