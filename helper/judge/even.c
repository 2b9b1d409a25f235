#include "helper/judge/even.h"

#include <errno.h>
#include <stdint.h>

#define SECOND_NS INT64_C(1000000000)
#define STEP_NS   (PJWT_EVEN_MS * INT64_C(1000000))
#define LATEST_NS SECOND_NS /* a machine that is so slow hides more than we could */

struct timespec
pjwt_even_start(void)
{
    struct timespec now = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
    return now;
}

static int64_t
in_ns(const struct timespec *t)
{
    return (int64_t)t->tv_sec * SECOND_NS + t->tv_nsec;
}

void
pjwt_even_wait(const struct timespec *start, const struct pjwt_answer *answer)
{
    struct timespec now = pjwt_even_start();
    int64_t spent = in_ns(&now) - in_ns(start);
    int64_t until = in_ns(start) + (spent / STEP_NS + 1) * STEP_NS;
    struct timespec then = {.tv_sec = (time_t)(until / SECOND_NS),
                            .tv_nsec = (long)(until % SECOND_NS)};

    if (pjwt_ok(answer->verdict) || !answer->looked || answer->authentic || spent > LATEST_NS) {
        return;
    }
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &then, NULL) == EINTR) {
    }
}
