#include "tests/pam/guest.h"

#include "tests/pam/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static volatile sig_atomic_t sigchlds;

static void
count_sigchld(int sig)
{
    (void)sig;
    sigchlds = sigchlds + 1;
}

void
guest_watch(void)
{
    struct sigaction action = {.sa_handler = count_sigchld, .sa_flags = SA_RESTART};

    sigemptyset(&action.sa_mask);
    (void)sigaction(SIGCHLD, &action, NULL);
    sigchlds = 0;
}

int
guest_sigchlds(void)
{
    return sigchlds;
}

static void
describe_descriptors(char **text)
{
    DIR *dir = opendir("/proc/self/fd");
    struct dirent *entry = NULL;

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        char target[256] = "";

        if (entry->d_name[0] == '.' || strtol(entry->d_name, NULL, 10) == dirfd(dir)) {
            continue;
        }
        if (readlinkat(dirfd(dir), entry->d_name, target, sizeof(target) - 1) < 0) {
            continue;
        }
        text_add(text, "descriptor %s -> %s\n", entry->d_name, target);
    }
    if (dir != NULL) {
        (void)closedir(dir);
    }
}

static void
describe_signals(char **text)
{
    sigset_t mask;

    (void)sigprocmask(SIG_SETMASK, NULL, &mask);
    for (int s = 1; s < NSIG; s++) {
        struct sigaction action = {0};

        if (sigaction(s, NULL, &action) != 0) {
            continue; /* the C library keeps some for itself */
        }
        text_add(text, "signal %d handler %p flags %x blocked %d\n", s,
                 (void *)(unsigned long)action.sa_handler, (unsigned)action.sa_flags,
                 sigismember(&mask, s));
    }
}

/* WNOWAIT leaves a child to whoever owns it; ECHILD is what a host without children hears. */
static void
describe_children(char **text)
{
    siginfo_t info = {0};
    int rc = waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT | (int)__WALL);

    text_add(text, "children %s, SIGCHLD %d\n", rc != 0 && errno == ECHILD ? "none" : "some",
             (int)sigchlds);
}

static void
describe_limits(char **text)
{
    for (int r = 0; r < RLIMIT_NLIMITS; r++) {
        struct rlimit limit = {0};

        (void)getrlimit((__rlimit_resource_t)r, &limit);
        text_add(text, "limit %d %llu %llu\n", r, (unsigned long long)limit.rlim_cur,
                 (unsigned long long)limit.rlim_max);
    }
}

/* Of /proc/self/status: the umask, which no call reads without writing it, and the threads. */
static void
describe_status(char **text)
{
    FILE *file = fopen("/proc/self/status", "re");
    char line[256] = "";

    while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
        if (strncmp(line, "Umask:", 6) == 0 || strncmp(line, "Threads:", 8) == 0 ||
            strncmp(line, "Uid:", 4) == 0 || strncmp(line, "Gid:", 4) == 0) {
            text_add(text, "%s", line);
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
}

char *
guest_describe(void)
{
    char *text = NULL;
    char cwd[4096] = "";
    struct itimerval timer = {0};

    describe_descriptors(&text);
    describe_children(&text);
    describe_signals(&text);
    describe_limits(&text);
    describe_status(&text);
    (void)getitimer(ITIMER_REAL, &timer);
    text_add(&text, "timer every %ld s\n", (long)timer.it_interval.tv_sec);
    text_add(&text, "directory %s, session %d, group %d\n", getcwd(cwd, sizeof(cwd)),
             (int)getsid(0), (int)getpgrp());
    for (char **e = environ; e != NULL && *e != NULL; e++) {
        text_add(&text, "environment %s\n", *e);
    }
    return text;
}

char *
guest_changed(const char *before, const char *now)
{
    size_t a = 0;
    size_t b = 0;

    while (*before != '\0' || *now != '\0') {
        a = strcspn(before, "\n");
        b = strcspn(now, "\n");
        if (a != b || memcmp(before, now, a) != 0) {
            return text_format("the host changed:\n  was %.*s\n  is  %.*s", (int)a, before,
                               (int)b, now);
        }
        before += a + (before[a] == '\n');
        now += b + (now[b] == '\n');
    }
    return NULL;
}
