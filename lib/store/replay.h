/* Was this credential, good for one login, spent already? A row for each jti that was spent,
 * and a mark in the row of each such ticket. */
#ifndef PJWT_STORE_REPLAY_H
#define PJWT_STORE_REPLAY_H

#include "lib/base/grant.h"
#include "lib/base/report.h"
#include "lib/store/store.h"

#include <stdint.h>

/* Looks and writes nothing: what `explain` shows, and what spares the loser of no race the wait
 * in the queue. A grant that is not for one login is OK. Reasons: REPLAYED, TICKET_SPENT,
 * STORE_*. */
pjwt_verdict pjwt_replay_check(struct pjwt_store *store, const struct pjwt_grant *grant,
                               struct pjwt_report *report) PJWT_MUST_USE;

/* Spends it at `now`, inside a change that has begun: of many who try, one commits. Reasons:
 * REPLAYED, TICKET_SPENT, STORE_*. */
pjwt_verdict pjwt_replay_spend(struct pjwt_store *store, const struct pjwt_grant *grant,
                               int64_t now) PJWT_MUST_USE;

/*
 * Forgets a few rows whose tokens have ended, inside a change that has begun. By `mark`, the
 * clock's high-water mark (lib/store/clock.h), and not by the clock; and it is kept until when
 * was forgotten, so that no clock, wherever it is set, makes a forgotten token new. Reasons:
 * STORE_*.
 */
pjwt_verdict pjwt_replay_forget(struct pjwt_store *store, int64_t mark) PJWT_MUST_USE;

/* The same, up to `at_most` rows; `*gone` is how many went. */
pjwt_verdict pjwt_replay_forget_some(struct pjwt_store *store, int64_t mark, long at_most,
                                     long *gone) PJWT_MUST_USE;

#endif
