/* How is a session file kept over the years? Looked at whole, copied, put back, and trusted
 * again after a loss. */
#ifndef PJWT_STORE_UPKEEP_H
#define PJWT_STORE_UPKEEP_H

#include "lib/store/audit.h"
#include "lib/store/store.h"

#include <stdbool.h>
#include <stdint.h>

struct pjwt_store_proof {
    int64_t pages;  /* of the file, each with a checksum that fits */
    int64_t commit; /* the last one that it holds */
    int64_t guard;  /* the last one that was acknowledged */
};

/* Reads every page and every row: checksums, order, the guard. Reasons: STORE_DAMAGED (`why`:
 * what and where), STORE_*. */
pjwt_verdict pjwt_store_verify(struct pjwt_store *store, struct pjwt_store_proof *proof,
                               struct pjwt_why *why) PJWT_MUST_USE;

/* Copies it, as of one instant and while others write, to a new file `path` (absolute) of mode
 * 0600, and reads the copy whole before it has that name. `*commit` is the last one that the
 * copy holds. Nothing is left of a copy that failed; of one that was killed `path`.new, until
 * the next to the same place. Reasons: STORE_UNREAD (also: `path` is there already),
 * STORE_FULL, STORE_*. */
pjwt_verdict pjwt_store_backup(struct pjwt_store *store, const char *path, int64_t *commit,
                               struct pjwt_why *why) PJWT_MUST_USE;

#define PJWT_STORE_REPLACED "sessions.replaced"

/*
 * Puts the backup `path` (absolute, of this or an earlier version, which nobody else may
 * change) in the place of the session file in `dir`, whole or not at all. What was there stays
 * as sessions.replaced. `*newest` says whether it holds all that was acknowledged; if not,
 * every open refuses with STORE_BEHIND until pjwt_store_accept(). The file says in its audit
 * that `actor` (borrowed) did it.
 *
 * Reasons: STORE_MISSING, STORE_DAMAGED and STORE_SCHEMA (of the backup), STORE_BUSY, STORE_*.
 */
pjwt_verdict pjwt_store_restore(const char *dir, const char *path,
                                const struct pjwt_actor *actor, bool *newest,
                                struct pjwt_why *why) PJWT_MUST_USE;

/* Who accepts the loss, when and for how long it can matter; all borrowed. */
struct pjwt_acceptance {
    const char *const *iss; /* every issuer that the config knows */
    size_t issuers;
    int64_t now;
    int64_t expires; /* whatever was issued until now has expired by then */
    const char *by, *why;
    const struct pjwt_actor *actor; /* for the audit; may be NULL */
};

/*
 * Trusts a session file that is behind its guard, or whose guard is lost: every ticket in it is
 * revoked, and all that these issuers, and those it knows itself, issued until now. Then it is
 * the newest: older copies are refused again. `*tickets` counts those that were good. A store
 * that needs no such thing is refused with NOT_FOUND, a damaged one with STORE_DAMAGED.
 */
pjwt_verdict pjwt_store_accept(const char *dir, const struct pjwt_acceptance *acceptance,
                               long *tickets, struct pjwt_why *why) PJWT_MUST_USE;

#endif
