#include "helper/process/ending.h"

#include "helper/process/tree.h"
#include "lib/base/own.h"

#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SCAN_MS     50   /* between two looks for processes made meanwhile */
#define KILL_MS     2000 /* for the kernel to end what was killed */
#define BEYOND_HELP 1    /* pid 1 is nobody's login */
#define SPARE_FDS   16

/* One process that is to end. */
struct target {
    pid_t pid;
    uint64_t started;
    int fd;       /* a pidfd; -1: none was to spare */
    size_t login; /* whose it is */
    bool gone;
};

struct ending {
    struct pjwt_ended *logins;
    struct pjwt_group *group; /* owned; of each login */
    size_t count;
    struct target *target; /* owned */
    size_t targets, room;
    struct pjwt_processes all;
    int most; /* pidfds are kept below it: without a descriptor to look, all would seem gone */
    bool killing;
};

static void
ending_clear(struct ending *e)
{
    for (size_t i = 0; i < e->targets; i++) {
        if (e->target[i].fd >= 0) {
            (void)close(e->target[i].fd);
        }
    }
    free(e->target);
    free(e->group);
    pjwt_processes_clear(&e->all);
}

/* The pid may be another's by now: the pidfd first, then the comparison. */
static int
hold(pid_t pid, uint64_t started)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);

    if (fd >= 0 && !pjwt_process_lives(pid, started)) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

static void
send(const struct target *target, int signal)
{
    int fd = target->fd >= 0 ? target->fd : hold(target->pid, target->started);

    if (fd >= 0) {
        (void)syscall(SYS_pidfd_send_signal, fd, signal, NULL, 0);
    }
    if (fd >= 0 && fd != target->fd) {
        (void)close(fd);
    }
}

static void
ask_to_end(const struct target *target)
{
    send(target, SIGHUP);
    send(target, SIGTERM);
    send(target, SIGCONT); /* a stopped one reads the two only now */
}

static struct target *
find_target(const struct ending *e, const struct pjwt_process *process)
{
    for (size_t i = 0; i < e->targets; i++) {
        if (e->target[i].pid == process->pid && e->target[i].started == process->started) {
            return &e->target[i];
        }
    }
    return NULL;
}

static bool
add_target(struct ending *e, const struct pjwt_process *process, size_t login)
{
    struct target made = {.pid = process->pid, .started = process->started, .login = login};

    if (e->targets == e->room) {
        size_t room = e->room == 0 ? 64 : e->room * 2;
        struct target *grown = reallocarray(e->target, room, sizeof(*grown));

        if (grown == NULL) {
            return false;
        }
        e->target = grown;
        e->room = room;
    }
    made.fd = hold(process->pid, process->started);
    if (made.fd >= e->most) {
        (void)close(made.fd);
        made.fd = -1;
    }
    if (made.fd < 0 && !pjwt_process_lives(process->pid, process->started)) {
        return true;
    }
    e->target[e->targets++] = made;
    e->logins[login].processes++;
    if (e->killing) {
        send(&made, SIGKILL);
    } else {
        ask_to_end(&made);
    }
    return true;
}

/* What of one login runs now and is not among the targets yet. */
static bool
scan_login(struct ending *e, size_t login, bool *member)
{
    struct pjwt_ended *l = &e->logins[login];
    /* When it has ended, what is below it may still be there; its kernel session is still not
     * to be taken for one of the login's own. */
    struct pjwt_process root = {.pid = -1, .session = l->session};
    const struct pjwt_process *found = pjwt_processes_find(&e->all, l->pid);

    if (found != NULL && found->started == l->started) {
        root = *found;
        l->session = found->session;
        if (!l->found) {
            pjwt_group_find(found, &e->group[login]);
        }
        l->found = true;
    }
    if (!l->found) {
        return true;
    }
    for (size_t i = 0; i < e->all.count; i++) {
        const struct target *t = find_target(e, &e->all.item[i]);

        member[i] = t != NULL && t->login == login;
    }
    pjwt_tree_mark(&e->all, &root, &e->group[login], member);
    for (size_t i = 0; i < e->all.count; i++) {
        const struct pjwt_process *p = &e->all.item[i];

        if (member[i] && p->pid != getpid() && p->pid > BEYOND_HELP &&
            find_target(e, p) == NULL && !add_target(e, p, login)) {
            return false;
        }
    }
    return true;
}

static bool
scan(struct ending *e)
{
    bool *member = NULL;
    bool done = pjwt_processes_read(&e->all) && e->all.count > 0;

    if (done) {
        member = calloc(e->all.count, sizeof(*member));
        done = member != NULL;
    }
    for (size_t i = 0; i < e->count && done; i++) {
        done = scan_login(e, i, member);
    }
    free(member);
    return done;
}

static bool
all_gone(struct ending *e)
{
    bool gone = true;

    for (size_t i = 0; i < e->targets; i++) {
        struct target *t = &e->target[i];

        t->gone = t->gone || !pjwt_process_lives(t->pid, t->started);
        gone = gone && t->gone;
    }
    return gone;
}

static int64_t
now_ms(void)
{
    struct timespec now = {0};

    (void)clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until all are gone, or `ms` later. Waits for the first that is not, but not for long: others
 * may be made. */
static void
wait_for_all(struct ending *e, int ms)
{
    int64_t end = now_ms() + ms;

    while (!all_gone(e) && now_ms() < end) {
        struct pollfd first = {.fd = -1, .events = POLLIN};

        for (size_t i = 0; i < e->targets && first.fd < 0; i++) {
            first.fd = e->target[i].gone ? -1 : e->target[i].fd;
        }
        (void)poll(&first, 1, SCAN_MS);
        (void)scan(e);
    }
}

static void
kill_the_rest(struct ending *e)
{
    e->killing = true;
    for (size_t i = 0; i < e->targets; i++) {
        if (!e->target[i].gone) {
            send(&e->target[i], SIGKILL);
        }
    }
}

static void
count_survivors(struct ending *e)
{
    (void)all_gone(e);
    for (size_t i = 0; i < e->targets; i++) {
        if (!e->target[i].gone) {
            e->logins[e->target[i].login].survivor = e->target[i].pid;
        }
    }
}

/* A pidfd for each process, as many as we may have, and some descriptors to look with. */
static int
raise_limit(void)
{
    struct rlimit limit = {0};

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 0;
    }
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > INT_MAX) {
        return 0;
    }
    return (int)limit.rlim_cur - SPARE_FDS;
}

bool
pjwt_ending_run(struct pjwt_ended *logins, size_t count)
{
    struct ending e __attribute__((cleanup(ending_clear))) = {.logins = logins, .count = count};

    e.group = calloc(count + 1, sizeof(*e.group));
    if (e.group == NULL) {
        return false;
    }
    e.most = raise_limit();
    /* We may stand in one of them. */
    (void)signal(SIGHUP, SIG_IGN);
    (void)signal(SIGTERM, SIG_IGN);
    if (!scan(&e)) {
        return false;
    }
    wait_for_all(&e, PJWT_ENDING_PATIENCE);
    kill_the_rest(&e);
    wait_for_all(&e, KILL_MS);
    count_survivors(&e);
    return true;
}
