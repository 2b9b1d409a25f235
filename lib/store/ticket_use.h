/* When was a ticket last used? */
#ifndef PJWT_STORE_TICKET_USE_H
#define PJWT_STORE_TICKET_USE_H

#include "lib/base/grant.h"
#include "lib/store/store.h"

#include <stdint.h>

#define PJWT_TICKET_USE_STEP 60 /* seconds, at most, that the mark may be behind */

/*
 * Moves the mark of the ticket that `grant` (borrowed) rests on to `now`, inside a change that
 * has begun; nothing for a token. The first use counts always, so that an unused ticket is told
 * from a used one. After it not while the mark is less than a minute behind, or a quarter of
 * the ticket's idle time where that is shorter: a ticket that is used all the time costs one
 * row a minute. It never goes back.
 *
 * No verdict: a mark that cannot be written is no reason to refuse a login. Where SQLite gives
 * up the whole transaction with it, the commit refuses.
 */
void pjwt_ticket_use(struct pjwt_store *store, const struct pjwt_grant *grant, int64_t now);

#endif
