/* What can be denied to a host, and how must its logins end then? */
#ifndef PJWT_TEST_DENIAL_H
#define PJWT_TEST_DENIAL_H

#include "tests/pam/house.h"

#include <stdbool.h>

enum denial_end {
    DENIAL_ACCEPTED,
    DENIAL_START,
    DENIAL_PROCESS,
    DENIAL_MEMORY,
    DENIAL_KILLED /* the kernel kills the judge or the host, as it likes: nobody is let in */
};

struct denial {
    bool (*deny)(void); /* in the host's own process; false: errno tells */
    void (*allow)(void);
    enum denial_end (*end)(void);
    bool lasts; /* it cannot be given back, and shows in the host */
};

/* Logs in, then is denied it in each phase in turn, then logs in again. NULL, or what went
 * wrong, owned by the caller. */
char *host_denied(struct house *house, const struct denial *denial);

/* A row's function: `how` as host_denied(), then the members of the denial. */
#define DENIED(name, how, ...) \
    static char *name(struct house *house) { return how(house, &(struct denial){__VA_ARGS__}); }

#endif
