/* A token that is good for one login, and the login that spends it. */
#ifndef PJWT_TEST_SPENDING_H
#define PJWT_TEST_SPENDING_H

#include "tests/unit/support/scratch.h"

#include "lib/store/admit.h"
#include "lib/store/replay.h"

#define NOW 1767225600
#define UP  5000

extern const struct pjwt_asker spending_asker;
extern const struct pjwt_grant spending_token; /* ends at NOW + 300 */

/* A login by `grant` at `now`; CLOCK_BOOTTIME went along with it. */
pjwt_verdict spending_admit(struct scratch *s, const struct pjwt_grant *grant, int64_t now);

/* Is it spent? Nothing is written. */
pjwt_verdict spending_look(struct scratch *s, const struct pjwt_grant *grant);

#endif
