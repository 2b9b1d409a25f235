/* Which repairs does `pamjwt repair` know? Each is a flag and a function. */
#ifndef PJWT_CMD_REPAIR_H
#define PJWT_CMD_REPAIR_H

#include "helper/cmd/command.h"

/* --clock: the clock is right as it is, whatever the session file remembers. */
pjwt_command_fn pjwt_repair_clock;

/* --accept-restore: what is lost is lost; all that it could admit is revoked. */
pjwt_command_fn pjwt_repair_accept;

#endif
