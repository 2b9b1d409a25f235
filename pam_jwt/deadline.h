/* How long may we still wait? In CLOCK_BOOTTIME, which neither an administrator nor a suspended
 * laptop turns back. */
#ifndef PJWT_PAM_DEADLINE_H
#define PJWT_PAM_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

#define PJWT_DEADLINE_MS \
    5000 /* for one question, from the first system call to the last byte */

struct pjwt_deadline {
    int64_t at; /* milliseconds since boot */
};

struct pjwt_deadline pjwt_deadline_in(int64_t milliseconds);

/* Milliseconds left, 0 when it has passed. */
int pjwt_deadline_left(const struct pjwt_deadline *deadline);

/* Waits until `fd` is readable or hung up; false when the deadline passed first. */
bool pjwt_deadline_wait(const struct pjwt_deadline *deadline, int fd);

#endif
