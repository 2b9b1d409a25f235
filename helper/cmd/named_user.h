/* Whom does this credential name, before anything is proved? For `explain` alone: no decision
 * may rest on it. */
#ifndef PJWT_CMD_NAMED_USER_H
#define PJWT_CMD_NAMED_USER_H

#include "lib/base/secret.h"
#include "lib/policy/config.h"
#include "lib/store/store.h"

/* Writes the user of the ticket's row, or of the claim that the token's issuer names (with a
 * user map, the first by name); "" when there is none. An encrypted token is opened as a login
 * to `service` would. All borrowed. */
void pjwt_named_user(const struct pjwt_config *config, struct pjwt_store *store,
                     const char *service, const struct pjwt_secret *typed, char *user,
                     size_t size);

#endif
