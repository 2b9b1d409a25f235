#include "pam_jwt/deadline.h"

#include <poll.h>
#include <stddef.h>
#include <time.h>

static int64_t
now(void)
{
    struct timespec t = {0};

    if (clock_gettime(CLOCK_BOOTTIME, &t) != 0) {
        return INT64_MAX / 2; /* no clock: everything is late */
    }
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct pjwt_deadline
pjwt_deadline_in(int64_t milliseconds)
{
    return (struct pjwt_deadline){.at = now() + milliseconds};
}

int
pjwt_deadline_left(const struct pjwt_deadline *deadline)
{
    int64_t left = deadline->at - now();

    return left > 0 && left <= PJWT_DEADLINE_MS ? (int)left : 0;
}

bool
pjwt_deadline_wait(const struct pjwt_deadline *deadline, int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    int left = 0;

    while ((left = pjwt_deadline_left(deadline)) > 0) {
        if (poll(&p, 1, left) >
            0) { /* EINTR: the host's own signals are none of our business */
            return true;
        }
    }
    return false;
}
