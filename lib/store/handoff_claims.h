/* What did the token say whose login waits for its session? For the ticket that the login gets
 * then. */
#ifndef PJWT_STORE_HANDOFF_CLAIMS_H
#define PJWT_STORE_HANDOFF_CLAIMS_H

#include "lib/store/handoff.h"

/* Saves the JSON text `claims` (borrowed; NULL: nothing) with the row `id`, inside the change
 * that made it. Nothing in a file of a version that has no place for it: that login gets no
 * ticket. Reasons: INTERNAL (too long), STORE_*. */
pjwt_verdict pjwt_handoff_claims_save(struct pjwt_store *store, const char *id,
                                      const char *claims) PJWT_MUST_USE;

/* The text saved with the row `id` (borrowed), which need not exist; owned by the caller, NULL
 * when there is none. Reasons: NO_MEMORY, STORE_*. */
pjwt_verdict pjwt_handoff_claims(struct pjwt_store *store, const char *id,
                                 char **claims) PJWT_MUST_USE;

#endif
