/* What does every kind of revocation say: who, why, of what, until when? */
#ifndef PJWT_CMD_REVOKE_ROW_H
#define PJWT_CMD_REVOKE_ROW_H

#include "helper/cmd/command.h"
#include "lib/policy/config.h"
#include "lib/store/revocations.h"

#include <stddef.h>

/* Starts `*row`: its maker, --reason, and --until or the time when everything it could refuse
 * has ended. */
enum pjwt_exit pjwt_revoke_start(const struct pjwt_cmd *cmd, enum pjwt_revoke kind,
                                 struct pjwt_revocation *row);

/* Sets row->before by --before; now, where it is not given. */
enum pjwt_exit pjwt_revoke_before(const struct pjwt_cmd *cmd, struct pjwt_revocation *row);

/* Sets row->iss and its leeway. */
enum pjwt_exit pjwt_revoke_issuer(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer,
                                  struct pjwt_revocation *row);
/* The same from the section that the first operand names. */
enum pjwt_exit pjwt_revoke_section(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                                   struct pjwt_revocation *row);

/* Sets row->value; what no credential that we accept can have is refused as usage. `size`:
 * bytes with the NUL, at most PJWT_SUB_MAX. */
enum pjwt_exit pjwt_revoke_value(const struct pjwt_cmd *cmd, const char *what,
                                 const char *value, size_t size, struct pjwt_revocation *row);

/* Writes it; `*tickets` counts those that it ended. */
enum pjwt_exit pjwt_revoke_remember(const struct pjwt_cmd *cmd,
                                    const struct pjwt_config *config,
                                    const struct pjwt_revocation *row, long *tickets);

/* Ends the open logins that a revocation stands against now; the last step of every command
 * that revokes. */
enum pjwt_exit pjwt_revoke_logins(const struct pjwt_cmd *cmd, const struct pjwt_config *config);

/* "N tickets", for the sentence that says what was done. Returns `out`. */
#define PJWT_REVOKE_TICKETS 48
const char *pjwt_revoke_tickets(long tickets, char out[PJWT_REVOKE_TICKETS]);

#endif
