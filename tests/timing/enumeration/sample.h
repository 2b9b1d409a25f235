/* Do two series of times differ, and by how much? */
#ifndef PJWT_TEST_SAMPLE_H
#define PJWT_TEST_SAMPLE_H

#include <stddef.h>

struct sample_difference {
    double median;    /* of the second series less that of the first */
    double low, high; /* the bootstrap's 99 % interval of that */
    double t;         /* Welch's t of the means, without the slowest tenth of each */
};

/* Sorts the series in place. */
double sample_median(double *times, size_t count);

/* Both of `count` times; they are sorted in place. */
struct sample_difference sample_compare(double *first, double *second, size_t count);

#endif
