/* How does a ticket reach its owner? */
#ifndef PJWT_CMD_TICKET_OUT_H
#define PJWT_CMD_TICKET_OUT_H

#include "helper/cmd/command.h"
#include "lib/base/secret.h"
#include "lib/store/tickets.h"

/* Alone on stdout, with a line of talk on stderr; both borrowed. PJWT_EXIT_OK, or says that it
 * is made and lost. */
enum pjwt_exit pjwt_ticket_hand_over(const struct pjwt_cmd *cmd, const struct pjwt_ticket *row,
                                     const struct pjwt_secret *text);

#endif
