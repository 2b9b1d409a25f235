/* How is a command used? Written from its row of the table. */
#ifndef PJWT_CMD_HELP_H
#define PJWT_CMD_HELP_H

#include "helper/cmd/command.h"

#include <stdio.h>

/* All commands, or those of `verb` when it is not NULL. */
void pjwt_help_overview(FILE *out, const char *verb);

/* One command: usage, options, example. */
void pjwt_help_command(FILE *out, const struct pjwt_command *command);

#endif
