/* Does the time of a call depend on what is secret? */
#include "tests/timing/dudect.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

#define CROPS 32
#define BATCH 1024 /* inputs made before any is timed, so that making them warms nothing */

/* Welford's running mean and sum of squared differences, of one class under one crop. */
struct series {
    double n, mean, squares;
};

static void
add(struct series *s, double value)
{
    double before = value - s->mean;

    s->n += 1;
    s->mean += before / s->n;
    s->squares += before * (value - s->mean);
}

static double
welch(const struct series *a, const struct series *b)
{
    double spread = 0;

    if (a->n < 1000 || b->n < 1000) {
        return 0;
    }
    spread = a->squares / (a->n - 1) / a->n + b->squares / (b->n - 1) / b->n;
    return spread > 0 ? (a->mean - b->mean) / sqrt(spread) : 0;
}

static uint64_t
now(void)
{
#if defined(__x86_64__)
    uint32_t low = 0;
    uint32_t high = 0;

    __asm__ volatile("lfence\n\trdtsc\n\tlfence" : "=a"(low), "=d"(high)::"memory");
    return (uint64_t)high << 32 | low;
#else
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000U + (uint64_t)t.tv_nsec;
#endif
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* One batch: which class each input has is drawn anew. */
static void
run_batch(const struct dudect_case *c, unsigned char *inputs, double *times,
          unsigned char *ones)
{
    if (getrandom(ones, BATCH, 0) != BATCH) {
        abort();
    }
    for (size_t i = 0; i < BATCH; i++) {
        ones[i] &= 1;
        c->prepare(inputs + i * c->input_len, c->input_len, ones[i] != 0);
    }
    for (size_t i = 0; i < BATCH; i++) {
        uint64_t start = now();

        c->call(inputs + i * c->input_len);
        times[i] = (double)(now() - start);
    }
}

/* Ever closer to the slow end: 1 - 0.5^(10 k / CROPS) of the first batch lies below crop k; the
 * last crop takes everything. */
static void
choose_crops(const double *times, double crop[CROPS])
{
    double sorted[BATCH];

    for (size_t i = 0; i < BATCH; i++) {
        sorted[i] = times[i];
    }
    qsort(sorted, BATCH, sizeof(sorted[0]), ascending);
    for (size_t k = 0; k < CROPS; k++) {
        double below = 1 - pow(0.5, 10.0 * (double)(k + 1) / CROPS);

        crop[k] = k + 1 == CROPS ? INFINITY : sorted[(size_t)(below * BATCH)];
    }
}

static void
take(const double *times, const unsigned char *ones, const double crop[CROPS],
     struct series series[CROPS][2])
{
    for (size_t i = 0; i < BATCH; i++) {
        for (size_t k = 0; k < CROPS; k++) {
            if (times[i] < crop[k]) {
                add(&series[k][ones[i]], times[i]);
            }
        }
    }
}

void
dudect_measure(const struct dudect_case *c, size_t rounds, struct dudect_figures *figures)
{
    static struct series series[CROPS][2];
    unsigned char *inputs = malloc(BATCH * c->input_len);
    double times[BATCH];
    double crop[CROPS];
    unsigned char ones[BATCH];

    for (size_t k = 0; k < CROPS; k++) {
        series[k][0] = series[k][1] = (struct series){0, 0, 0};
    }
    run_batch(c, inputs, times, ones); /* warms up, and is not counted */
    run_batch(c, inputs, times, ones);
    choose_crops(times, crop);
    for (size_t done = 0; done < rounds; done += BATCH) {
        run_batch(c, inputs, times, ones);
        take(times, ones, crop, series);
    }
    for (size_t k = 0; k < CROPS; k++) {
        double t = fabs(welch(&series[k][0], &series[k][1]));

        figures->t = t > figures->t ? t : figures->t;
    }
    figures->ticks[0] = series[2][0].mean;
    figures->ticks[1] = series[2][1].mean;
    free(inputs);
}
