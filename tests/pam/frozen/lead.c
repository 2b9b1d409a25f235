/* How is a process stopped at exactly one of its system calls? By ptrace(2) up to there, then
 * by SIGSTOP, as anybody with the right might. */
#include "tests/pam/frozen/frozen.h"

#include "tests/pam/text.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TRIES 7000 /* of a millisecond: more than any judge lives */

static void
moment(void)
{
    const struct timespec millisecond = {.tv_nsec = 1000000};

    (void)nanosleep(&millisecond, NULL);
}

void
frozen_follow(void)
{
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) {
        _exit(77);
    }
    (void)raise(SIGSTOP);
}

bool
frozen_possible(void)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        frozen_follow();
        _exit(0);
    }
    (void)waitpid(pid, &status, 0);
    if (!WIFSTOPPED(status)) {
        return false;
    }
    (void)kill(pid, SIGKILL);
    (void)waitpid(pid, &status, 0);
    return true;
}

static bool
has_stopped(pid_t pid)
{
    PJWT_AUTO(text) char *path = text_format("/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "re");
    char line[512] = "";
    const char *end = NULL;

    if (file != NULL) {
        end = fgets(line, sizeof(line), file) == NULL ? NULL : strrchr(line, ')');
        (void)fclose(file);
    }
    return end != NULL && end[2] == 'T';
}

/* To its next stop at a system call's beginning; false: it ended. */
static bool
next_call(pid_t pid)
{
    int hand_on = 0; /* a signal that came meanwhile */
    int status = 0;

    for (;;) {
        if (ptrace(PTRACE_SYSCALL, pid, NULL, (void *)(intptr_t)hand_on) != 0 ||
            waitpid(pid, &status, (int)__WALL) != pid || !WIFSTOPPED(status)) {
            return false;
        }
        if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
            return true;
        }
        hand_on = WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status); /* SIGTRAP: an exec */
    }
}

static void
take_over(pid_t pid, int options)
{
    int status = 0;

    if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status) ||
        ptrace(PTRACE_SETOPTIONS, pid, NULL,
               (void *)(intptr_t)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL | options)) != 0) {
        text_die("a process does not follow");
    }
}

/* From a stop of ours to behind its call number `nth`. */
static bool
lead_on(pid_t pid, size_t nth)
{
    int status = 0;

    for (size_t i = 1; i < 2 * nth; i++) { /* each call stops twice, before and behind */
        if (!next_call(pid)) {
            return false;
        }
    }
    (void)kill(pid, SIGSTOP);
    (void)ptrace(PTRACE_DETACH, pid, NULL, NULL);
    for (int i = 0; i < TRIES; i++) {
        if (has_stopped(pid)) {
            return true;
        }
        if (kill(pid, 0) != 0 || waitpid(pid, &status, WNOHANG) == pid) {
            return false; /* that call was its last */
        }
        moment();
    }
    text_die("a process does not stop");
}

bool
frozen_lead(pid_t pid, size_t nth)
{
    take_over(pid, 0);
    return lead_on(pid, nth);
}

/* The kernel stops it as soon as there is one, and us with it. */
static pid_t
first_clone(pid_t pid)
{
    unsigned long clone = 0;
    int status = 0;

    if (ptrace(PTRACE_CONT, pid, NULL, NULL) != 0 || waitpid(pid, &status, 0) != pid ||
        status >> 8 != (SIGTRAP | PTRACE_EVENT_CLONE << 8) ||
        ptrace(PTRACE_GETEVENTMSG, pid, NULL, &clone) != 0 ||
        waitpid((pid_t)clone, &status, (int)__WALL) != (pid_t)clone || !WIFSTOPPED(status)) {
        text_die("a process clones none");
    }
    (void)ptrace(PTRACE_DETACH, pid, NULL, NULL);
    return (pid_t)clone;
}

bool
frozen_lead_clone(pid_t pid, size_t nth, int *pidfd)
{
    pid_t clone = -1;

    take_over(pid, PTRACE_O_TRACECLONE);
    clone = first_clone(pid);
    *pidfd = (int)syscall(SYS_pidfd_open, clone, 0);
    if (*pidfd >= 0 && lead_on(clone, nth)) {
        return true;
    }
    (void)waitpid(pid, NULL, 0); /* it goes on to its end */
    return false;
}

bool
frozen_bury(pid_t pid, int pidfd)
{
    int status = 0;

    (void)kill(pid, SIGKILL); /* not reaped yet, so the pid is still ours */
    (void)waitpid(pid, &status, (int)__WALL);
    if (pidfd >= 0) {
        (void)syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0);
    }
    for (int i = 0; i < TRIES; i++) { /* a host's go-between ends its judge, and comes to us */
        pid_t other = waitpid(-1, &status, WNOHANG | (int)__WALL);

        if (other < 0 && errno == ECHILD) {
            return true;
        }
        if (other == 0) {
            moment();
        }
    }
    return false;
}
