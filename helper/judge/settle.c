#include "helper/judge/settle.h"

#include "helper/judge/cgroup.h"

#include <errno.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define IOPRIO_WHO_PROCESS 1     /* linux/ioprio.h, which is not in every libc-dev */
#define TIMER_SLACK_NS     50000 /* the kernel's own; 0 would mean what was inherited */

/* The least of each limit that a judge can finish its work under. */
static const struct {
    __rlimit_resource_t resource;
    rlim_t least;
    const char *name;
} needs[] = {
    {RLIMIT_AS, 256 << 20, "RLIMIT_AS"},    {RLIMIT_CPU, 10, "RLIMIT_CPU"},
    {RLIMIT_DATA, 64 << 20, "RLIMIT_DATA"}, {RLIMIT_FSIZE, 1 << 30, "RLIMIT_FSIZE"},
    {RLIMIT_NOFILE, 32, "RLIMIT_NOFILE"},   {RLIMIT_STACK, 256 << 10, "RLIMIT_STACK"},
};

static pjwt_verdict
limits_suffice(struct pjwt_why *why)
{
    for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
        struct rlimit now = {0};

        if (getrlimit(needs[i].resource, &now) != 0 || now.rlim_cur < needs[i].least) {
            pjwt_why_set(why, "%s is too low and cannot be raised", needs[i].name);
            return PJWT_SAY(PROCESS);
        }
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
ids_are_roots(struct pjwt_why *why)
{
    uid_t uid[3] = {1, 1, 1};
    gid_t gid[3] = {1, 1, 1};
    bool ours =
        getresuid(&uid[0], &uid[1], &uid[2]) == 0 && getresgid(&gid[0], &gid[1], &gid[2]) == 0;

    for (int i = 0; i < 3; i++) {
        ours = ours && uid[i] == 0 && gid[i] == 0;
    }
    if (!ours) {
        pjwt_why_set(why, "user and group ids are not all root's");
        return PJWT_SAY(PROCESS);
    }
    /* A user namespace may forbid to drop them; then there must be none. */
    if (getgroups(0, NULL) != 0 && setgroups(0, NULL) != 0) {
        pjwt_why_set(why, "supplementary groups cannot be dropped");
        return PJWT_SAY(PROCESS);
    }
    return PJWT_SAY(OK);
}

/* Most are started with both as they should be, and to ask is cheaper than to set. */
static bool
is_ordinary(int *nice)
{
    errno = 0;
    *nice = getpriority(PRIO_PROCESS, 0);
    return errno == 0 && sched_getscheduler(0) == SCHED_OTHER;
}

/* Held at idle priority by a busy machine, a lock would be held for ever. */
static pjwt_verdict
scheduler_is_fair(struct pjwt_why *why)
{
    struct sched_param none = {0};
    cpu_set_t every;
    int nice = 0;

    if (!is_ordinary(&nice) || nice != 0) {
        (void)sched_setscheduler(0, SCHED_OTHER, &none);
        (void)setpriority(PRIO_PROCESS, 0, 0);
    }
    (void)syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0, 0); /* class none: as nice says */
    (void)prctl(PR_SET_TIMERSLACK, TIMER_SLACK_NS, 0, 0, 0);
    memset(&every, 0xff, sizeof(every));
    (void)sched_setaffinity(0, sizeof(every), &every);
    if (!is_ordinary(&nice) || nice > 0) {
        pjwt_why_set(why, "scheduling class or nice value cannot be reset");
        return PJWT_SAY(PROCESS);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_settle(struct pjwt_why *why)
{
    (void)umask(077);
    if (chdir("/") != 0 || prctl(PR_SET_DUMPABLE, 0) != 0) {
        pjwt_why_set(why, "chdir or prctl failed");
        return PJWT_SAY(PROCESS);
    }
    PJWT_TRY(limits_suffice(why));
    if (geteuid() != 0) {
        return PJWT_SAY(OK);
    }
    PJWT_TRY(ids_are_roots(why));
    PJWT_TRY(scheduler_is_fair(why));
    return pjwt_cgroup_leave(why);
}
