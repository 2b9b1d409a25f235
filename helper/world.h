/* What do time and the user database say? The programs' only window on the machine; the judge
 * for tests is linked with another one. */
#ifndef PJWT_HELPER_WORLD_H
#define PJWT_HELPER_WORLD_H

#include "lib/policy/user.h"
#include "lib/store/clock.h"

#include <stdint.h>

/* Opens the window; `config` (absolute, borrowed) is the config file in use. */
void pjwt_world_open(const char *config);

/* Seconds since the epoch. */
int64_t pjwt_world_now(void);

/* For the user database: is the user in the group? NSS is asked anew each time. */
enum pjwt_member pjwt_world_member(void *context, const char *name, const char *group);
/* This instant by every clock there is. */
void pjwt_world_clock(struct pjwt_clock *clock);

/* The user database; static. */
const struct pjwt_users *pjwt_world_users(void);

#endif
