/* How long from starting a judge to its verdict?
 *
 * usage: cold-bench ROUNDS EMPTY JUDGE CONFIG SERVICE NAME=USER=FILE[=CONFIG]…   (FILE holds
 * the credential; each may have a config of its own)
 *
 * EMPTY is a program that ends at once and is linked like the judge: what any process costs.
 * All take turns, each round in another order: what comes behind a judge takes longer than
 * what comes behind an empty process. Prints microseconds: the median, the least, the
 * processor's share of it; and of each round's difference from EMPTY, and from the first NAME,
 * the median. The least, and the processor's share, say most on a machine that has other work.
 */
#include "lib/wire/answer.h"
#include "lib/wire/question.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define QUESTION_FD 3
#define ENTRIES_MAX 8

struct entry {
    const char *name;
    char *config;                 /* NULL: that of all */
    struct pjwt_secret *question; /* NULL: the empty program */
    double *us;                   /* one a round */
    double *cpu;                  /* the same, of user and system time */
};

struct programs {
    char *empty;
    char *judge;
    char *config;
};

static double
microseconds(void)
{
    struct timespec t = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void
die(const char *words)
{
    (void)fprintf(stderr, "cold-bench: %s\n", words);
    exit(1);
}

static struct pjwt_secret *
question_of(const char *service, const char *user, const char *file)
{
    struct pjwt_question q = {.ask = PJWT_ASK_AUTH};
    struct pjwt_secret *message = NULL;
    char token[PJWT_CREDENTIAL_MAX];
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, token, sizeof(token));

    if (n <= 0 || close(fd) != 0) {
        die(file);
    }
    n -= token[n - 1] == '\n';
    (void)snprintf(q.user, sizeof(q.user), "%s", user);
    (void)snprintf(q.service, sizeof(q.service), "%s", service);
    (void)snprintf(q.attempt, sizeof(q.attempt), "0123456789ab");
    q.typed = pjwt_secret_copy(token, (size_t)n);
    if (q.typed == NULL || !pjwt_ok(pjwt_question_encode(&q, &message))) {
        die("no question could be made");
    }
    pjwt_question_clear(&q);
    return message;
}

/* The first descriptors are all taken, so that ours never is QUESTION_FD itself. */
static pid_t
start(const struct programs *p, const struct entry *e, int theirs)
{
    char *judge[] = {p->judge, (char[]){"--config"}, e->config != NULL ? e->config : p->config,
                     NULL};
    char *empty[] = {p->empty, NULL};
    char *environment[] = {NULL};
    char **argv = e->question != NULL ? judge : empty;
    posix_spawn_file_actions_t actions;
    pid_t pid = -1;

    if (posix_spawn_file_actions_init(&actions) != 0 ||
        posix_spawn_file_actions_adddup2(&actions, theirs, QUESTION_FD) != 0 ||
        posix_spawn(&pid, argv[0], &actions, NULL, argv, environment) != 0) {
        die("a program cannot be started");
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    return pid;
}

static void
must_accept(const char *name, const char *answer, ssize_t len)
{
    struct pjwt_answer said = {0};

    if (len <= 0 || !pjwt_ok(pjwt_answer_decode(answer, (size_t)len, PJWT_ASK_AUTH, &said)) ||
        !pjwt_ok(said.verdict)) {
        (void)fprintf(stderr, "%s: %s\n", name, said.why);
        die("the judge does not accept");
    }
}

static double
spent(const struct rusage *u)
{
    return (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) * 1e6 +
           (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec);
}

/* Until the answer is here, or the end of the empty program. */
static void
sample(const struct programs *p, const struct entry *e, size_t round)
{
    struct rusage usage = {0};
    char answer[PJWT_WIRE_MAX];
    int pair[2] = {-1, -1};
    ssize_t got = -1;
    double from = microseconds();
    pid_t pid = -1;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0 ||
        (e->question != NULL &&
         send(pair[0], pjwt_secret_bytes(e->question), pjwt_secret_len(e->question), 0) < 0)) {
        die("no socket");
    }
    pid = start(p, e, pair[1]);
    (void)close(pair[1]);
    got = recv(pair[0], answer, sizeof(answer), 0);
    e->us[round] = microseconds() - from;
    (void)close(pair[0]);
    if (wait4(pid, NULL, 0, &usage) != pid) {
        die("wait4");
    }
    e->cpu[round] = spent(&usage);
    if (e->question != NULL) {
        must_accept(e->name, answer, got);
    }
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Of a - b; of a alone when `b` is NULL. */
static double
median(const double *a, const double *b, size_t count)
{
    double *values = calloc(count, sizeof(*values));
    double middle = 0;

    for (size_t i = 0; values != NULL && i < count; i++) {
        values[i] = a[i] - (b == NULL ? 0 : b[i]);
    }
    if (values != NULL) {
        qsort(values, count, sizeof(*values), ascending);
        middle = values[count / 2];
    }
    free(values);
    return middle;
}

static double
least(const double *a, size_t count)
{
    double found = a[0];

    for (size_t i = 1; i < count; i++) {
        found = a[i] < found ? a[i] : found;
    }
    return found;
}

static void
report(const struct entry *e, size_t count, size_t rounds)
{
    (void)printf("%-18s %8s %8s %8s | %10s %8s %8s | %10s %8s %8s\n", "a judge, us", "median",
                 "least", "cpu", "over empty", "least", "cpu", "over first", "least", "cpu");
    for (size_t i = 0; i < count; i++) {
        (void)printf("%-18s %8.0f %8.0f %8.0f", e[i].name, median(e[i].us, NULL, rounds),
                     least(e[i].us, rounds), median(e[i].cpu, NULL, rounds));
        for (size_t base = 0; base < 2 && base < i; base++) {
            (void)printf(" | %10.0f %8.0f %8.0f", median(e[i].us, e[base].us, rounds),
                         least(e[i].us, rounds) - least(e[base].us, rounds),
                         median(e[i].cpu, e[base].cpu, rounds));
        }
        (void)printf("\n");
    }
}

/* Forwards from another one each round, and every other round backwards. */
static size_t
turn(size_t round, size_t i, size_t count)
{
    size_t at = (round / 2 + i) % count;

    return round % 2 == 0 ? at : count - 1 - at;
}

int
main(int argc, char **argv)
{
    struct entry e[ENTRIES_MAX] = {{.name = "an empty process"}};
    size_t rounds = argc > 6 ? strtoul(argv[1], NULL, 10) : 0;
    size_t count = 1;

    if (rounds < 10 || argc > 5 + ENTRIES_MAX) {
        (void)fputs("usage: cold-bench ROUNDS EMPTY JUDGE CONFIG SERVICE NAME=USER=FILE...\n",
                    stderr);
        return 2;
    }
    for (int i = 6; i < argc; i++, count++) {
        e[count].name = strsep(&argv[i], "=");
        const char *user = strsep(&argv[i], "=");
        const char *file = strsep(&argv[i], "=");

        e[count].config = argv[i];
        e[count].question = question_of(argv[5], user, file);
    }
    for (size_t i = 0; i < count; i++) {
        e[i].us = calloc(rounds, sizeof(double));
        e[i].cpu = calloc(rounds, sizeof(double));
    }
    for (size_t round = 0; round < rounds; round++) {
        for (size_t i = 0; i < count; i++) {
            struct programs p = {argv[2], argv[3], argv[4]};

            sample(&p, &e[turn(round, i, count)], round);
        }
    }
    report(e, count, rounds);
    return 0;
}
