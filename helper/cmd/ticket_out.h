/* How does a ticket reach its owner? */
#ifndef PJWT_CMD_TICKET_OUT_H
#define PJWT_CMD_TICKET_OUT_H

#include "helper/cmd/command.h"
#include "lib/base/secret.h"
#include "lib/store/store.h"
#include "lib/store/tickets.h"

/* Alone on stdout, with a line of talk on stderr; all borrowed. It is committed before it is
 * printed, so one that cannot be printed is revoked in `store`; NULL: it was renewed, and stays
 * for the logins that rest on it. PJWT_EXIT_OK, or says what became of it. */
enum pjwt_exit pjwt_ticket_hand_over(const struct pjwt_cmd *cmd, const struct pjwt_ticket *row,
                                     const struct pjwt_secret *text, struct pjwt_store *store);

#endif
