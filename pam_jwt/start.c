#include "pam_jwt/start.h"

#include "lib/base/file.h"
#include "lib/base/own.h"
#include "pam_jwt/go_between.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define REAP_MS 1000 /* the go-between needs microseconds once the leash is gone */

/* A socket pair off the descriptors 0 to 2, which the host may have closed and might print to.
 */
static bool
pair(int type, int *ours, int *theirs)
{
    PJWT_AUTO(fd) int a = -1;
    PJWT_AUTO(fd) int b = -1;
    int fds[2] = {-1, -1};

    if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, fds) != 0) {
        return false;
    }
    a = fds[0];
    b = fds[1];
    *ours = fcntl(a, F_DUPFD_CLOEXEC, 3);
    *theirs = fcntl(b, F_DUPFD_CLOEXEC, 3);
    return *ours >= 0 && *theirs >= 0;
}

/* A fork without an exit signal. By clone and not by fork: fork runs the host's pthread_atfork
 * handlers. */
static pid_t
clone_silently(int *pidfd)
{
    struct clone_args args = {.flags = CLONE_PIDFD, .pidfd = (uint64_t)(uintptr_t)pidfd};

    return (pid_t)syscall(SYS_clone3, &args, sizeof(args));
}

/* Signals stay blocked in the go-between for its whole life, so the host's handlers never run
 * there. */
static bool
launch(const struct pjwt_go_between *job, struct pjwt_judge *judge)
{
    sigset_t all;
    sigset_t before;
    pid_t pid = -1;

    sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0) {
        return false;
    }
    pid = clone_silently(&judge->pidfd);
    if (pid == 0) {
        pjwt_go_between_run(job); /* does not return */
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    judge->go_between = pid > 0 ? pid : 0;
    return pid > 0;
}

/* The go-between says 0 once the judge runs, or the errno that kept it from running. */
static bool
running(const struct pjwt_judge *judge, const char *path, const struct pjwt_deadline *deadline,
        struct pjwt_why *why)
{
    int error = 0;

    if (!pjwt_deadline_wait(deadline, judge->leash)) {
        pjwt_why_set(why, "the judge did not start in time");
        return false;
    }
    if (recv(judge->leash, &error, sizeof(error), MSG_DONTWAIT) != sizeof(error)) {
        pjwt_why_set(why, "the go-between ended");
        return false;
    }
    if (error != 0) {
        pjwt_why_set(why, "%s: %s", path,
                     strerrordesc_np(error)); /* no locale, no shared buffer */
        return false;
    }
    return true;
}

pjwt_verdict
pjwt_judge_start(const struct pjwt_args *args, const struct pjwt_deadline *deadline,
                 struct pjwt_judge *judge, struct pjwt_why *why)
{
    PJWT_AUTO(fd) int talk = -1;
    PJWT_AUTO(fd) int leash = -1;
    struct pjwt_go_between job = {0};

    /* Whoever can write the judge decides every login: it is held to the same rules as the
     * config. */
    if (pjwt_file_check(args->verify, PJWT_FILE_PUBLIC, why) != PJWT_FILE_OK) {
        return PJWT_SAY(JUDGE_START);
    }
    if (!pair(SOCK_SEQPACKET, &judge->talk, &talk) ||
        !pair(SOCK_SEQPACKET, &judge->leash, &leash)) {
        pjwt_why_set(why, "socketpair: %s", strerrordesc_np(errno));
        return PJWT_SAY(JUDGE_START);
    }
    job = (struct pjwt_go_between){args->verify, args->config, talk, leash};
    if (!launch(&job, judge)) {
        pjwt_why_set(why, "clone: %s", strerrordesc_np(errno));
        return PJWT_SAY(JUDGE_START);
    }
    pjwt_drop_fd(&leash); /* so that we see the go-between's end */
    return running(judge, args->verify, deadline, why) ? PJWT_SAY(OK) : PJWT_SAY(JUDGE_START);
}

static void
reap(struct pjwt_judge *judge)
{
    struct pjwt_deadline deadline = pjwt_deadline_in(REAP_MS);

    if (!pjwt_deadline_wait(&deadline, judge->pidfd)) {
        (void)kill(judge->go_between,
                   SIGKILL); /* ours until we reap it, so the pid is not another's */
        deadline = pjwt_deadline_in(REAP_MS);
        (void)pjwt_deadline_wait(&deadline, judge->pidfd);
    }
    (void)waitpid(judge->go_between, NULL, (int)__WCLONE | WNOHANG);
}

void
pjwt_judge_end(struct pjwt_judge *judge)
{
    int saved = errno;

    pjwt_drop_fd(&judge->talk);
    pjwt_drop_fd(&judge->leash);
    if (judge->go_between > 0) {
        reap(judge);
    }
    pjwt_drop_fd(&judge->pidfd);
    *judge = PJWT_JUDGE_NONE;
    errno = saved;
}
