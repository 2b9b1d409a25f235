/* Which open logins have lost what they rest on, and how are they ended? */
#ifndef PJWT_CMD_LOGINS_END_H
#define PJWT_CMD_LOGINS_END_H

#include "helper/cmd/command.h"
#include "lib/policy/config.h"
#include "lib/store/logins.h"

/* Is the process that opened this login still there, in this boot? */
bool pjwt_login_is_open(const struct pjwt_login_row *row);

/* Ends every open login that `wanted` picks and says what became of each; removes their rows,
 * and the rows of logins that are no longer open. PJWT_EXIT_OK, or PJWT_EXIT_UNAVAILABLE when a
 * process survived. `*ended` (may be NULL) counts them. */
typedef bool pjwt_login_wanted_fn(void *context, struct pjwt_store *store,
                                  const struct pjwt_login_row *row);
enum pjwt_exit pjwt_logins_end(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                               struct pjwt_store *store, pjwt_login_wanted_fn *wanted,
                               void *context, size_t *ended);

/* After a revocation: those that it, or another one, stands against, as [logins] end says. */
enum pjwt_exit pjwt_logins_end_revoked(const struct pjwt_cmd *cmd,
                                       const struct pjwt_config *config,
                                       struct pjwt_store *store);

#endif
