/* Does a judge shake off what its caller's process was given: groups, priority, class? */
#include "tests/unit/support/scratch.h"

#include "helper/judge/settle.h"

#include <errno.h>
#include <grp.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SETTLED, REFUSED, KEPT_GROUPS, KEPT_CLASS, KEPT_NICE, NOT_PREPARED };

/* Ends the child that it is called in. */
static _Noreturn void
settle_and_look(void)
{
    struct pjwt_why why = {""};

    if (!pjwt_ok(pjwt_settle(&why))) {
        _exit(REFUSED);
    }
    if (getgroups(0, NULL) != 0) {
        _exit(KEPT_GROUPS);
    }
    if (sched_getscheduler(0) != SCHED_OTHER) {
        _exit(KEPT_CLASS);
    }
    errno = 0;
    _exit(getpriority(PRIO_PROCESS, 0) != 0 || errno != 0 ? KEPT_NICE : SETTLED);
}

static void
assert_settles(bool (*prepare)(void))
{
    int status = -1;
    pid_t pid = fork();

    assert_int_not_equal(pid, -1);
    if (pid == 0) {
        if (!prepare()) {
            _exit(NOT_PREPARED);
        }
        settle_and_look();
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_PREPARED) {
        skip(); /* a container may forbid it to root */
    }
    assert_int_equal(WEXITSTATUS(status), SETTLED);
}

static void
only_root_settles_all(void)
{
    if (geteuid() != 0) {
        skip(); /* another user's judge keeps what that user has */
    }
}

static bool
nothing(void)
{
    return true;
}

static bool
with_groups(void)
{
    static const gid_t groups[] = {1, 2, 3};

    return setgroups(3, groups) == 0;
}

static bool
nice_up(void)
{
    return setpriority(PRIO_PROCESS, 0, 7) == 0;
}

static bool
nice_down(void)
{
    return setpriority(PRIO_PROCESS, 0, -7) == 0;
}

static bool
in_class(int class, int priority)
{
    const struct sched_param param = {.sched_priority = priority};

    return sched_setscheduler(0, class, &param) == 0;
}

static bool
idle(void)
{
    return in_class(SCHED_IDLE, 0);
}

static bool
batch(void)
{
    return in_class(SCHED_BATCH, 0);
}

static bool
real_time(void)
{
    return in_class(SCHED_FIFO | SCHED_RESET_ON_FORK, 1);
}

static void
test_groups(void **state)
{
    (void)state;
    only_root_settles_all();
    assert_settles(nothing);
    assert_settles(with_groups);
}

static void
test_nice(void **state)
{
    (void)state;
    only_root_settles_all();
    assert_settles(nice_up);
    assert_settles(nice_down);
}

static void
test_class(void **state)
{
    (void)state;
    only_root_settles_all();
    assert_settles(idle);
    assert_settles(batch);
    assert_settles(real_time);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_nice),
        cmocka_unit_test(test_class),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
