/* How long can anything matter that was issued until now? */
#ifndef PJWT_CMD_LONGEST_H
#define PJWT_CMD_LONGEST_H

#include "lib/policy/config.h"

/* No token issued until now is good any longer than this: the longest lifetime, and the leeway
 * of its issuer at both ends. Seconds. */
#define PJWT_LONGEST (PJWT_LIFETIME_MAX + 2L * PJWT_LEEWAY_MAX)

#endif
