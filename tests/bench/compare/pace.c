/* How long does a whole login take, beside that of the first credential?
 *
 * usage: compare-pace ROUNDS CONFDIR SERVICE USER FILE… [= FILE COMMAND…]
 *
 * Auth, account and session in a fresh process for each FILE, and a run of COMMAND with FILE as
 * its input (an exchange). All take turns, and each round begins with another. Prints a line
 * for each: the median of the rounds' ratios to the first FILE, and in milliseconds the median
 * and the 99th percentile. */
#include "tests/bench/compare/host.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ENTRIES_MAX 8

struct entry {
    const char *file;
    char **command; /* NULL: a login */
    double *ms;     /* one a round */
};

static void
die(const char *words)
{
    (void)fprintf(stderr, "compare-pace: %s\n", words);
    exit(1);
}

/* The fresh process: prints how long its login took. */
static int
once(char **argv)
{
    static struct host host;
    double start = 0;
    double end = 0;
    int rc = PAM_SYSTEM_ERR;

    host = (struct host){.confdir = argv[2], .service = argv[3], .user = argv[4]};
    if (!host_read(&host, argv[5], 0)) {
        die(argv[5]);
    }
    start = host_microseconds();
    rc = host_login(&host);
    end = host_microseconds();
    if (rc != PAM_SUCCESS) {
        (void)fprintf(stderr, "%s: %s %s\n", argv[5], host_code(rc), host.said);
        return 1;
    }
    (void)printf("%.3f\n", (end - start) / 1000);
    rc = host_close(&host);
    host_end(&host, rc);
    return rc == PAM_SUCCESS ? 0 : 1;
}

static pid_t
start(const char *self, char **where, const struct entry *e, int out)
{
    pid_t pid = fork();

    if (pid != 0) {
        return pid;
    }
    (void)dup2(out, 1);
    if (e->command != NULL) {
        (void)dup2(open(e->file, O_RDONLY | O_CLOEXEC), 0);
        (void)execv(e->command[0], e->command);
    } else {
        (void)execl(self, self, "--once", where[0], where[1], where[2], e->file, (char *)NULL);
    }
    _exit(127);
}

/* Of a login as it was measured inside; of a command from its start to its end. */
static double
sample(const char *self, char **where, const struct entry *e)
{
    char line[256] = "";
    int out[2] = {-1, -1};
    int status = 0;
    double from = host_microseconds();
    pid_t pid = -1;

    if (pipe2(out, O_CLOEXEC) != 0) {
        die("pipe");
    }
    pid = start(self, where, e, out[1]);
    (void)close(out[1]);
    while (read(out[0], line, sizeof(line) - 1) > 0 && e->command != NULL) {
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
        die("a login or the command failed");
    }
    (void)close(out[0]);
    return e->command == NULL ? strtod(line, NULL) : (host_microseconds() - from) / 1000;
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static void
report(struct entry *e, size_t count, size_t rounds)
{
    double *ratio = calloc(count * rounds, sizeof(double));

    if (ratio == NULL) {
        die("no memory");
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t r = 0; r < rounds; r++) {
            ratio[i * rounds + r] = e[i].ms[r] / e[0].ms[r];
        }
        qsort(ratio + i * rounds, rounds, sizeof(double), ascending);
    }
    for (size_t i = 0; i < count; i++) {
        qsort(e[i].ms, rounds, sizeof(double), ascending);
        (void)printf("%.2f %.1f %.1f\n", ratio[i * rounds + rounds / 2], e[i].ms[rounds / 2],
                     e[i].ms[rounds * 99 / 100]);
    }
    free(ratio);
}

static size_t
enter(struct entry *e, char **args, size_t rounds)
{
    size_t count = 0;

    for (bool command = false; *args != NULL && !command && count < ENTRIES_MAX; count++) {
        command = strcmp(*args, "=") == 0;
        args += command ? 1 : 0;
        e[count] = (struct entry){.file = *args++, .ms = calloc(rounds, sizeof(double))};
        e[count].command = command ? args : NULL;
        if (e[count].ms == NULL) {
            die("no memory");
        }
    }
    return count;
}

int
main(int argc, char **argv)
{
    struct entry e[ENTRIES_MAX];
    size_t rounds = argc > 5 ? strtoul(argv[1], NULL, 10) : 0;
    size_t count = 0;

    if (argc == 6 && strcmp(argv[1], "--once") == 0) {
        return once(argv);
    }
    if (rounds < 10) {
        (void)fputs(
            "usage: compare-pace ROUNDS CONFDIR SERVICE USER FILE... [= FILE COMMAND]\n",
            stderr);
        return 2;
    }
    count = enter(e, argv + 5, rounds);
    for (size_t round = 0; round < rounds; round++) {
        for (size_t turn = 0; turn < count; turn++) {
            struct entry *next = &e[(round + turn) % count];

            next->ms[round] = sample(argv[0], argv + 2, next);
        }
    }
    report(e, count, rounds);
    return 0;
}
