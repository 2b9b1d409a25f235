#include "tests/timing/enumeration/sample.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define RESAMPLES 2000

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

double
sample_median(double *times, size_t count)
{
    qsort(times, count, sizeof(*times), ascending);
    return (times[(count - 1) / 2] + times[count / 2]) / 2;
}

/* A fixed seed: the same series give the same interval. */
static size_t
draw(uint64_t *state, size_t below)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return (size_t)((*state >> 33) % below);
}

static double
resampled_median(const double *times, size_t count, double *room, uint64_t *state)
{
    for (size_t i = 0; i < count; i++) {
        room[i] = times[draw(state, count)];
    }
    return sample_median(room, count);
}

static void
bootstrap(const double *first, const double *second, size_t count,
          struct sample_difference *out)
{
    double *room = calloc(count, sizeof(*room));
    double *differences = calloc(RESAMPLES, sizeof(*differences));
    uint64_t state = 1;

    if (room == NULL || differences == NULL) {
        abort();
    }
    for (size_t i = 0; i < RESAMPLES; i++) {
        differences[i] = resampled_median(second, count, room, &state) -
                         resampled_median(first, count, room, &state);
    }
    qsort(differences, RESAMPLES, sizeof(*differences), ascending);
    out->low = differences[RESAMPLES / 200];
    out->high = differences[RESAMPLES - 1 - RESAMPLES / 200];
    free(room);
    free(differences);
}

static void
mean_and_spread(const double *times, size_t count, double *mean, double *spread)
{
    double sum = 0;
    double squares = 0;

    for (size_t i = 0; i < count; i++) {
        sum += times[i];
    }
    *mean = sum / (double)count;
    for (size_t i = 0; i < count; i++) {
        squares += (times[i] - *mean) * (times[i] - *mean);
    }
    *spread = squares / (double)(count - 1) / (double)count;
}

struct sample_difference
sample_compare(double *first, double *second, size_t count)
{
    struct sample_difference out = {0};
    double mean[2];
    double spread[2];

    out.median = -sample_median(first, count);
    out.median += sample_median(second, count);
    bootstrap(first, second, count, &out);
    mean_and_spread(first, count - count / 10, &mean[0], &spread[0]);
    mean_and_spread(second, count - count / 10, &mean[1], &spread[1]);
    out.t = (mean[1] - mean[0]) / sqrt(spread[0] + spread[1]);
    return out;
}
