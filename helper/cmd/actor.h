/* For whom does this command change the session file? One line of it goes to syslog too. */
#ifndef PJWT_CMD_ACTOR_H
#define PJWT_CMD_ACTOR_H

#include "helper/cmd/command.h"
#include "lib/store/audit.h"

/* Fills `*actor`: whoever is at the keyboard, and the terminal or address where they are. */
void pjwt_actor_find(const struct pjwt_cmd *cmd, struct pjwt_actor *actor);

/* One line in the system's log, for what leaves no row in the session file. */
void pjwt_actor_log(const struct pjwt_cmd *cmd, const char *act, const char *object);

#endif
