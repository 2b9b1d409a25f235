/* Does the time of a call depend on what is secret? Two classes of input in random order, and
 * Welch's t-test on the times, as Reparaz, Balasch and Verbauwhede do it ("Dude, is my code
 * constant time?", DATE 2017), with crops of the slow tail, where interrupts hide what matters.
 */
#ifndef PJWT_TIMING_DUDECT_H
#define PJWT_TIMING_DUDECT_H

#include <stdbool.h>
#include <stddef.h>

struct dudect_case {
    const char *name;
    size_t input_len;
    /* Fills one input of the class (0: fixed, 1: the other kind); not timed. */
    void (*prepare)(unsigned char *input, size_t len, bool class_one);
    /* The call that is timed. */
    void (*call)(const unsigned char *input);
    bool must_leak; /* a control: a test that cannot see a leak proves nothing */
    size_t divide;  /* how many times fewer rounds, where one takes long */
};

struct dudect_figures {
    double t;        /* the largest |t| over the crops */
    double ticks[2]; /* the mean of each class, with the slow half left out */
};

/* After `rounds` measurements. |t| above 10: a leak, beyond doubt; below 4.5: none seen. */
void dudect_measure(const struct dudect_case *c, size_t rounds, struct dudect_figures *figures);

#endif
