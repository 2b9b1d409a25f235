/* Which of the next rows of a table have ended? For tables without an index on that: a walk
 * along a key, which goes on where it stopped. Inside lib/store alone. */
#ifndef PJWT_STORE_PRUNE_WALK_H
#define PJWT_STORE_PRUNE_WALK_H

#include "lib/store/db.h"
#include "lib/store/prune.h"

/* The rows behind prune->place, up to and with `to`. */
struct pjwt_stretch {
    struct pjwt_prune_place to;
    size_t ended; /* so many of them */
    bool last;    /* behind them there is none */
};

/* Reads on until `at_most` rows that have ended are seen, and no more than a few thousand.
 * Writes nothing, so nobody waits for it. Reasons: STORE_*. */
pjwt_verdict pjwt_walk_look(struct pjwt_store *store, const struct pjwt_prune *prune,
                            size_t at_most, struct pjwt_stretch *stretch) PJWT_MUST_USE;

/* Forgets those of the stretch, inside a change that has begun; a row that was given another
 * end meanwhile stays. Reasons: STORE_*. */
pjwt_verdict pjwt_walk_forget(struct pjwt_store *store, const struct pjwt_prune *prune,
                              const struct pjwt_stretch *stretch, long *gone) PJWT_MUST_USE;

#endif
