/* Which repairs does `pamjwt repair` know? Each is a flag and a function. */
#ifndef PJWT_CMD_REPAIR_H
#define PJWT_CMD_REPAIR_H

#include "helper/cmd/command.h"

/* --clock: the clock is right as it is, whatever the session file remembers. */
pjwt_command_fn pjwt_repair_clock;

#endif
