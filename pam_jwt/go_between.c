#include "pam_jwt/go_between.h"

#include "pam_jwt/start.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where things stand once sorted: 0 to 2 the null device, 3 the question, then the leash and
 * the pipe that exec closes. */
#define LEASH_FD      4
#define EXEC_READ_FD  5
#define EXEC_WRITE_FD 6
#define FIRST_FREE    16 /* above all of these, to move descriptors out of each other's way */

#ifdef SYS_setresuid32 /* 32-bit machines have a 16-bit call of the shorter name */
#define CALL_SETGROUPS SYS_setgroups32
#define CALL_SETRESGID SYS_setresgid32
#define CALL_SETRESUID SYS_setresuid32
#else
#define CALL_SETGROUPS SYS_setgroups
#define CALL_SETRESGID SYS_setresgid
#define CALL_SETRESUID SYS_setresuid
#endif

/* What the judge needs of each limit; the person who starts su may have set it to anything. */
static const struct {
    int resource;
    rlim_t soft;
} limits[] = {
    {RLIMIT_AS, RLIM_INFINITY},    {RLIMIT_CORE, 0},
    {RLIMIT_CPU, RLIM_INFINITY},   {RLIMIT_DATA, RLIM_INFINITY},
    {RLIMIT_FSIZE, RLIM_INFINITY}, {RLIMIT_NOFILE, 256},
    {RLIMIT_NPROC, RLIM_INFINITY}, {RLIMIT_STACK, 8 << 20},
    {RLIMIT_SIGPENDING, 1024}, /* the judge's timers take one each */
};

/* Raw calls: the C library's own would try to tell the host's threads, which do not exist here.
 * What fails shows in the judge, which checks and then refuses to write. */
static void
become_root_wholly(void)
{
    if (geteuid() == 0) {
        (void)syscall(CALL_SETGROUPS, 0, NULL);
        (void)syscall(CALL_SETRESGID, 0, 0, 0);
        (void)syscall(CALL_SETRESUID, 0, 0, 0);
    }
}

static void
reset_limits(void)
{
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        struct rlimit now = {0};
        struct rlimit want = {limits[i].soft, limits[i].soft};

        if (syscall(SYS_prlimit64, 0, limits[i].resource, NULL, &now) != 0) {
            continue;
        }
        if (now.rlim_max > want.rlim_max && limits[i].resource != RLIMIT_CORE) {
            want.rlim_max = now.rlim_max;
        }
        if (syscall(SYS_prlimit64, 0, limits[i].resource, &want, NULL) != 0) {
            want = (struct rlimit){now.rlim_max, now.rlim_max}; /* as much as we may */
            (void)syscall(SYS_prlimit64, 0, limits[i].resource, &want, NULL);
        }
    }
}

/* Puts the descriptors in their places and closes every other one: none of the host's is ours.
 */
static bool
sort_descriptors(const struct pjwt_go_between *job)
{
    int talk = fcntl(job->talk, F_DUPFD_CLOEXEC, FIRST_FREE);
    int leash = fcntl(job->leash, F_DUPFD_CLOEXEC, FIRST_FREE);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    int high = null < 0 ? -1 : fcntl(null, F_DUPFD_CLOEXEC, FIRST_FREE);

    if (talk < 0 || leash < 0 || high < 0) {
        return false;
    }
    if (dup2(high, 0) < 0 || dup2(high, 1) < 0 || dup2(high, 2) < 0 ||
        dup2(talk, PJWT_JUDGE_FD) < 0 || dup3(leash, LEASH_FD, O_CLOEXEC) < 0) {
        return false;
    }
    return syscall(SYS_close_range, LEASH_FD + 1, ~0U, 0) == 0;
}

/* exec keeps what is ignored, so SIGPIPE and the like go back to their defaults. */
static void
reset_signals(void)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigset_t none;

    for (int s = 1; s < NSIG; s++) {
        (void)sigaction(s, &action, NULL);
    }
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static void
become_judge(const struct pjwt_go_between *job)
{
    char name[] = "pamjwt-verify";
    char flag[] = "--config";
    char *argv[] = {name, NULL, NULL, NULL};
    char *envp[] = {NULL};
    int error = 0;

    if (job->config != NULL) {
        argv[1] = flag;
        argv[2] = (char *)(uintptr_t)job->config; /* execve does not write through it */
    }
    (void)umask(077);
    if (chdir("/") == 0) {
        reset_signals();
        (void)execve(job->verify, argv, envp);
    }
    error = errno;
    (void)!write(EXEC_WRITE_FD, &error, sizeof(error));
    _exit(1);
}

/* Forks the judge; 0 and its pidfd once it runs, else an errno. */
static int
start_judge(const struct pjwt_go_between *job, int *pidfd)
{
    struct clone_args args = {
        .flags = CLONE_PIDFD, .pidfd = (uint64_t)(uintptr_t)pidfd, .exit_signal = SIGCHLD};
    int fds[2] = {-1, -1};
    int error = 0;
    long pid = 0;

    if (pipe2(fds, O_CLOEXEC) != 0) { /* takes the lowest two: the places above */
        return errno;
    }
    pid = syscall(SYS_clone3, &args, sizeof(args));
    if (pid == 0) {
        become_judge(job);
    }
    if (pid < 0) {
        return errno;
    }
    (void)close(PJWT_JUDGE_FD); /* so that the host sees the judge's end of the talk close */
    (void)close(EXEC_WRITE_FD);
    while (read(EXEC_READ_FD, &error, sizeof(error)) < 0 && errno == EINTR) {
    }
    return error;
}

/* Waits for the judge's end, or ends it when the host lets go of the leash. */
static void
keep(int pidfd)
{
    struct pollfd p[] = {{.fd = pidfd, .events = POLLIN}, {.fd = LEASH_FD, .events = POLLIN}};

    while (poll(p, 2, -1) < 0 && errno == EINTR) {
    }
    if (p[0].revents == 0) {
        (void)syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0);
    }
    while (waitpid(-1, NULL, 0) < 0 && errno == EINTR) {
    }
}

void
pjwt_go_between_run(const struct pjwt_go_between *job)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    int leash = job->leash;
    int pidfd = -1;
    int error = 0;

    become_root_wholly(); /* first: until then the person who started su may stop us */
    (void)setsid();
    reset_limits();
    (void)sigaction(SIGCHLD, &action,
                    NULL); /* the host's "ignore" would reap our child for us */
    if (sort_descriptors(job)) {
        leash = LEASH_FD;
        error = start_judge(job, &pidfd);
    } else {
        error = errno;
    }
    (void)send(leash, &error, sizeof(error), MSG_NOSIGNAL);
    if (pidfd >= 0) {
        keep(pidfd);
    }
    _exit(0);
}
