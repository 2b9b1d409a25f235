/* Is who asks told from who only has its pid? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helper/judge/asker.h"
#include "lib/base/own.h"

#include <linux/sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TICK_MS 30 /* start times are in ticks of 10 */

static void
wait_a_tick(void)
{
    const struct timespec tick = {.tv_nsec = TICK_MS * 1000000};

    (void)nanosleep(&tick, NULL);
}

/* In the judge's place: asks who is there once a byte comes, and says whether it knows. */
static void
be_judge(int talk, int go)
{
    struct pjwt_asker asker = {0};
    char byte = 0;
    bool known = false;

    if (read(go, &byte, 1) != 1) {
        _exit(3);
    }
    known = pjwt_asker_of(talk, &asker);
    byte = (char)(known ? 1 : 0);
    _exit(write(go, &byte, 1) == 1 ? 0 : 3);
}

/* A host with its judge; the host's end of `go` is ours. */
static pid_t
start_host(int *go)
{
    int ends[2];
    pid_t host = -1;

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    host = fork();
    if (host == 0) {
        int talk[2];

        (void)close(ends[0]); /* so that nobody waits for us when we have failed */
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, talk) != 0) {
            _exit(3);
        }
        if (fork() == 0) {
            be_judge(talk[1], ends[1]);
        }
        for (;;) {
            (void)pause();
        }
    }
    (void)close(ends[1]);
    *go = ends[0];
    return host;
}

static char
ask(int go)
{
    char byte = 0;

    assert_int_equal(write(go, &byte, 1), 1);
    assert_int_equal(read(go, &byte, 1), 1);
    return byte;
}

static pid_t
start_as(pid_t pid)
{
    struct clone_args args = {
        .set_tid = (uint64_t)(uintptr_t)&pid, .set_tid_size = 1, .exit_signal = SIGCHLD};
    pid_t made = (pid_t)syscall(SYS_clone3, &args, sizeof(args));

    if (made == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) {
            (void)pause();
        }
    }
    return made;
}

static void
end(pid_t pid)
{
    (void)kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void
test_host(void **state)
{
    PJWT_AUTO(fd) int go = -1;
    pid_t host = start_host(&go);

    (void)state;
    assert_int_equal(ask(go), 1);
    end(host);
}

/* su is killed by who started it, and its pid goes to somebody else, before the judge looks. */
static void
test_stranger(void **state)
{
    PJWT_AUTO(fd) int go = -1;
    pid_t host = start_host(&go);
    pid_t stranger = -1;

    (void)state;
    wait_a_tick();
    wait_a_tick();
    end(host);
    stranger = start_as(host);
    if (stranger < 0) {
        skip(); /* a pid cannot be chosen here */
    }
    assert_int_equal(stranger, host);
    assert_int_equal(ask(go), 0);
    end(stranger);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_host),
        cmocka_unit_test(test_stranger),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
