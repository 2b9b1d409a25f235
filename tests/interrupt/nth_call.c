/* What becomes of a command that a signal reaches at its Nth system call? Runs it under
 * ptrace(2); the exit status is the command's own, or 128 and the signal that ended it.
 *
 *     nth_call N SIGNAL COUNT-FILE PROGRAM [WORD]...
 *
 * COUNT-FILE is to hold how many calls there were: fewer than N, and nothing has reached it. */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#define SYSCALL_STOP (SIGTRAP | 0x80) /* PTRACE_O_TRACESYSGOOD */

static _Noreturn void
die(const char *what)
{
    (void)fprintf(stderr, "nth_call: %s: %s\n", what, strerror(errno));
    _exit(99);
}

struct trace {
    pid_t pid;
    long at; /* the call that the signal comes with */
    int signal;
    long calls;
    bool inside; /* between the two stops of a call */
};

static _Noreturn void
become(char *const *words)
{
    static const int usual[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP};

    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
        (void)signal(usual[i], SIG_DFL); /* a shell's job in the background ignores INT */
    }
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) {
        die("PTRACE_TRACEME");
    }
    (void)execv(words[0], words);
    die(words[0]);
}

/* At its beginning, so that a call that waits is interrupted and KILL prevents it. */
static void
count_call(struct trace *t)
{
    t->inside = !t->inside;
    if (t->inside && ++t->calls == t->at && kill(t->pid, t->signal) != 0) {
        die("kill");
    }
}

/* Until it ends; 128 and a signal, or its exit status. */
static int
follow(struct trace *t)
{
    int status = 0;
    int deliver = 0;

    for (;;) {
        if (ptrace(PTRACE_SYSCALL, t->pid, NULL, (void *)(long)deliver) != 0 &&
            errno != ESRCH) {
            die("PTRACE_SYSCALL");
        }
        if (waitpid(t->pid, &status, 0) != t->pid) {
            die("waitpid");
        }
        if (WIFEXITED(status)) {
            return WEXITSTATUS(status);
        }
        if (WIFSIGNALED(status)) {
            return 128 + WTERMSIG(status);
        }
        deliver = WSTOPSIG(status) == SYSCALL_STOP ? 0 : WSTOPSIG(status);
        if (deliver == 0) {
            count_call(t);
        }
    }
}

int
main(int argc, char **argv)
{
    struct trace t = {.pid = -1};
    FILE *count = NULL;
    int status = 0;

    if (argc < 5) {
        (void)fprintf(stderr, "usage: nth_call N SIGNAL COUNT-FILE PROGRAM [WORD]...\n");
        return 99;
    }
    t.at = strtol(argv[1], NULL, 10);
    t.signal = (int)strtol(argv[2], NULL, 10);
    t.pid = fork();
    if (t.pid == 0) {
        become(argv + 4);
    }
    /* The stop behind exec: from here on calls count. */
    if (t.pid < 0 || waitpid(t.pid, &status, 0) != t.pid || !WIFSTOPPED(status) ||
        ptrace(PTRACE_SETOPTIONS, t.pid, NULL,
               (void *)(long)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL)) != 0) {
        die("start");
    }
    status = follow(&t);
    count = fopen(argv[3], "we");
    if (count == NULL || fprintf(count, "%ld\n", t.calls) < 0 || fclose(count) != 0) {
        die(argv[3]);
    }
    return status;
}
