/* What did the token say that a ticket was exchanged from? */
#ifndef PJWT_STORE_TICKET_CLAIMS_H
#define PJWT_STORE_TICKET_CLAIMS_H

#include "lib/base/json.h"
#include "lib/store/store.h"

#define PJWT_CLAIMS_MAX 16384 /* bytes of the JSON text kept with a ticket, with the NUL */

/* The claims saved with the ticket `id`, owned by the caller; NULL when it has none, as one
 * that an admin issued. Reasons: NOT_FOUND, STORE_* (STORE_DAMAGED: no strict JSON object). */
pjwt_verdict pjwt_ticket_claims(struct pjwt_store *store, const char *id,
                                json_t **claims) PJWT_MUST_USE;

#endif
