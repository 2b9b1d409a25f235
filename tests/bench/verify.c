/* What does a verification cost beside the bare EVP call, and beside other libraries?
 *
 * usage: verify-bench DIR ROUNDS                 a table, all of it in this process, by turns
 *        verify-bench DIR --count ALG NAME N     N verifications inside counted(), for callgrind
 *
 * In each round everybody verifies the same token a few times, in an order that moves on by one;
 * what is compared are the ratios of one round. Prints the medians of the ratios. */
#include "tests/bench/contestant.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BATCH 8 /* verifications in a row: short, so that what disturbs spoils few of them */

static const char *const algs[] = {"HS256", "RS256", "PS256", "ES256", "Ed25519"};
static const struct contestant *const contestants[] = {
    &contestant_bare,  &contestant_ours, &contestant_ours_file, &contestant_libjwt,
    &contestant_cjose, &contestant_jose, &contestant_rhonabwy,
};

#define ALGS  (sizeof(algs) / sizeof(algs[0]))
#define NAMES (sizeof(contestants) / sizeof(contestants[0]))

struct entry {
    const struct contestant *who;
    void *state;
    bool able;
    double *ns; /* of one verification, one a round */
};

static double
nanoseconds(void)
{
    struct timespec t = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static double
median(double *values, size_t count)
{
    qsort(values, count, sizeof(*values), ascending);
    return values[count / 2];
}

static double
batch(const struct subject *s, const struct entry *e)
{
    double start = nanoseconds();

    for (int i = 0; i < BATCH; i++) {
        if (!e->who->verify(s, e->state)) {
            (void)fprintf(stderr, "%s does not accept the %s token\n", e->who->name, s->alg);
            exit(1);
        }
    }
    return (nanoseconds() - start) / BATCH;
}

static void
enter(const struct subject *s, struct entry entries[NAMES], size_t rounds)
{
    for (size_t i = 0; i < NAMES; i++) {
        entries[i] = (struct entry){.who = contestants[i], .ns = calloc(rounds, sizeof(double))};
        entries[i].able =
            entries[i].ns != NULL && contestants[i]->open(s, &entries[i].state);
    }
}

static void
play(const struct subject *s, struct entry entries[NAMES], size_t rounds)
{
    for (size_t round = 0; round < rounds; round++) {
        for (size_t turn = 0; turn < NAMES; turn++) {
            struct entry *e = &entries[(round + turn) % NAMES];

            if (e->able) {
                e->ns[round] = batch(s, e);
            }
        }
    }
}

static double
median_ratio(const struct entry *e, const struct entry *base, size_t rounds)
{
    double *ratios = calloc(rounds, sizeof(*ratios));
    double middle = 0;

    for (size_t i = 0; ratios != NULL && i < rounds; i++) {
        ratios[i] = e->ns[i] / base->ns[i];
    }
    middle = ratios == NULL ? 0 : median(ratios, rounds);
    free(ratios);
    return middle;
}

static bool
compare(const char *alg, const char *dir, size_t rounds)
{
    struct subject *s = subject_new(alg, dir);
    struct entry entries[NAMES];

    if (s == NULL) {
        (void)fprintf(stderr, "no %s token could be made in %s\n", alg, dir);
        return false;
    }
    enter(s, entries, rounds);
    play(s, entries, rounds / 10 + 1); /* warm */
    play(s, entries, rounds);
    (void)printf("%-8s", alg);
    for (size_t i = 1; i < NAMES; i++) {
        if (entries[i].able) {
            (void)printf(" %10.3f", median_ratio(&entries[i], &entries[0], rounds));
        } else {
            (void)printf(" %10s", "-");
        }
    }
    (void)printf(" %10.2f\n", median(entries[0].ns, rounds) / 1000);
    return true;
}

static int
table(const char *dir, size_t rounds)
{
    (void)printf("%-8s", "");
    for (size_t i = 1; i < NAMES; i++) {
        (void)printf(" %10.10s", i == 2 ? "(key file)" : contestants[i]->name);
    }
    (void)printf(" %10s\n", "bare/us");
    for (size_t i = 0; i < ALGS; i++) {
        if (!compare(algs[i], dir, rounds)) {
            return 1;
        }
    }
    return 0;
}

__attribute__((noinline)) static bool
counted(const struct subject *s, const struct contestant *who, void *state, size_t times)
{
    bool good = true;

    for (size_t i = 0; i < times; i++) {
        good = who->verify(s, state) && good;
    }
    return good;
}

static int
count(const char *dir, const char *alg, const char *name, size_t times)
{
    struct subject *s = subject_new(alg, dir);

    for (size_t i = 0; s != NULL && i < NAMES; i++) {
        void *state = NULL;

        if (strcmp(contestants[i]->name, name) == 0 && contestants[i]->open(s, &state)) {
            return contestants[i]->verify(s, state) &&
                           counted(s, contestants[i], state, times)
                       ? 0
                       : 1;
        }
    }
    return 3; /* not able */
}

int
main(int argc, char **argv)
{
    if (argc == 6 && strcmp(argv[2], "--count") == 0) {
        return count(argv[1], argv[3], argv[4], strtoul(argv[5], NULL, 10));
    }
    if (argc == 3 && strtoul(argv[2], NULL, 10) >= 10) {
        return table(argv[1], strtoul(argv[2], NULL, 10));
    }
    (void)fputs("usage: verify-bench DIR ROUNDS | DIR --count ALG NAME N\n", stderr);
    return 2;
}
