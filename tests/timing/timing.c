/* Do secrets show in the time that a check of them takes?
 *
 * usage: timing [ROUNDS [FIRST LAST]]. Prints TAP with the figures: the largest |t| over all
 * crops, and how far the two means are apart. */
#include "tests/timing/timed.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/types.h>

#define LEAK 10.0 /* |t| above: a leak, beyond doubt */

volatile int timing_sink;

void
timing_random(void *out, size_t len)
{
    if (getrandom(out, len, 0) != (ssize_t)len) {
        abort();
    }
}

static bool
measure(const struct dudect_case *c, size_t rounds, size_t number)
{
    struct dudect_figures f = {0};
    bool as_meant = false;

    rounds /= c->divide;
    dudect_measure(c, rounds, &f);
    as_meant = (f.t > LEAK) == c->must_leak;
    printf("%sok %zu - %s: |t| %.1f after %zu rounds of %.0f and %.0f ticks\n",
           as_meant ? "" : "not ", number, c->name, f.t, rounds, f.ticks[0], f.ticks[1]);
    (void)fflush(stdout);
    return as_meant;
}

static const struct dudect_case *
case_at(size_t i)
{
    return i < ticket_cases_count ? &ticket_cases[i] : &jose_cases[i - ticket_cases_count];
}

int
main(int argc, char **argv)
{
    size_t count = ticket_cases_count + jose_cases_count;
    size_t rounds = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 2000000;
    size_t first = argc > 3 ? (size_t)strtoul(argv[2], NULL, 10) : 1;
    size_t last = argc > 3 ? (size_t)strtoul(argv[3], NULL, 10) : count;
    bool good = first >= 1 && last <= count;

    ticket_cases_prepare();
    jose_cases_prepare();
    printf("1..%zu\n", last - first + 1);
    for (size_t i = first; i <= last && i <= count; i++) {
        good = measure(case_at(i - 1), rounds, i - first + 1) && good;
    }
    return good ? 0 : 1;
}
