/* Which logins are there already, for the phases behind auth? */
#ifndef PJWT_FAULTS_GRANTED_H
#define PJWT_FAULTS_GRANTED_H

#include "lib/store/store.h"

#include <stdbool.h>

/* Writes into `dir` (borrowed) for each of good, expired, revoked (its jti), blocked (the
 * user), stranger (another process asked), ticket, ticket-revoked: `grant-NAME`, the bytes of a
 * struct pjwt_grant, and `login-NAME`, the id of its row in `store`. And `no-login`, one byte,
 * for a login that did not pass through us. */
bool granted_make(const char *dir, struct pjwt_store *store);

#endif
