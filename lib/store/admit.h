/* What does an accepted login leave behind? All of it in one transaction: it is spent, it is
 * remembered for its session, its ticket is marked as used, the clock's mark moves on. */
#ifndef PJWT_STORE_ADMIT_H
#define PJWT_STORE_ADMIT_H

#include "lib/base/grant.h"
#include "lib/store/clock.h"
#include "lib/store/handoff.h"
#include "lib/store/store.h"

/* Spends what `grant` rests on where that is good for one login, then remembers the login under
 * the new `id`, and with it `claims` (JSON text; NULL: none). All borrowed. Durable on
 * return when it was good for one login, else not: then a power cut may take it. Nothing is
 * written on a refusal. Reasons: REPLAYED, TICKET_SPENT, STORE_*, INTERNAL. */
pjwt_verdict pjwt_admit(struct pjwt_store *store, const struct pjwt_grant *grant,
                        const char *claims, const struct pjwt_asker *asker,
                        const struct pjwt_clock *clock,
                        char id[PJWT_HANDOFF_SIZE]) PJWT_MUST_USE;

#endif
