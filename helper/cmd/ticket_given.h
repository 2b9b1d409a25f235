/* What does the command line ask of a ticket? */
#ifndef PJWT_CMD_TICKET_GIVEN_H
#define PJWT_CMD_TICKET_GIVEN_H

#include "helper/cmd/command.h"
#include "lib/policy/config.h"
#include "lib/store/tickets.h"

/* --service A,B: each must have a section that accepts tickets. `services` is "" before and
 * comma-separated after. PJWT_EXIT_OK, or says what is wrong. */
enum pjwt_exit pjwt_ticket_services(const struct pjwt_cmd *cmd,
                                    const struct pjwt_config *config,
                                    char services[PJWT_SERVICES_MAX]);

/* --lifetime and --idle, else what [tickets] says: created, expires, idle and renewable_until
 * of `row`. The same. */
enum pjwt_exit pjwt_ticket_times(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                                 struct pjwt_ticket *row);

#endif
