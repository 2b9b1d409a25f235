/* How is the session file changed? One transaction behind the queue: all of it or nothing, and
 * durable where something would be lost. */
#ifndef PJWT_STORE_CHANGE_H
#define PJWT_STORE_CHANGE_H

#include "lib/store/audit.h"
#include "lib/store/db.h"
#include "lib/store/guard_file.h"

/* What is lost when a change is forgotten? */
enum pjwt_change_kind {
    PJWT_CHANGE_PASSING, /* nothing, or something refuses: not synced, and not counted */
    PJWT_CHANGE_PLAIN,   /* somebody's work: the guard's mark need not outlive a power cut */
    PJWT_CHANGE_SPEND,   /* what was good once is good again: the mark is on the disk, too */
    PJWT_CHANGE_REVOKE   /* the same, and the reserve may be used */
};

struct pjwt_change {
    struct pjwt_store *store; /* borrowed; NULL: nothing has begun */
    bool begun;
    enum pjwt_change_kind kind;
    struct pjwt_guard row;   /* the last commit before this one */
    struct pjwt_audit audit; /* what it says of itself; empty: nothing */
};

/* Declare before any statement of the change, so that these are dropped first. */
#define PJWT_CHANGE_SCOPE __attribute__((cleanup(pjwt_change_end)))

/*
 * Stands in line for the lock file, then begins. The wait has no end of its own: a program that
 * may not wait sets a timer whose signal interrupts it (no SA_RESTART), and gets STORE_BUSY.
 *
 * Reasons: STORE_BUSY (also: another session file was put in the place of this one meanwhile),
 * STORE_FULL (the reserve alone is left, and this is no revocation), STORE_BEHIND, STORE_*.
 */
pjwt_verdict pjwt_change_begin_as(struct pjwt_change *change, struct pjwt_store *store,
                                  enum pjwt_change_kind kind) PJWT_MUST_USE;

/* The same as PJWT_CHANGE_PLAIN. */
pjwt_verdict pjwt_change_begin(struct pjwt_change *change,
                               struct pjwt_store *store) PJWT_MUST_USE;

/* Durable on OK (but for PJWT_CHANGE_PASSING), and the next in line may go. When the guard's
 * mark alone failed, the change is there all the same and this refuses: what is refused may be
 * revoked or spent already, but what was acknowledged is never forgotten. */
pjwt_verdict pjwt_change_commit(struct pjwt_change *change) PJWT_MUST_USE;

/*
 * Adds the row of the audit for this change, of which there is one: `act` the verb, `object`
 * what it was done to, `why` the reason given or "" (all borrowed). Told to the store's actor
 * after the commit; without an actor nothing is written. Reasons: INTERNAL (too long), STORE_*.
 */
pjwt_verdict pjwt_audit_put(struct pjwt_change *change, const char *act, const char *object,
                            const char *why) PJWT_MUST_USE;
void pjwt_audit_tell(const struct pjwt_change *change);

/* The same without a change, for a file that nobody else has open yet, and whose commit number
 * must stay what it is: else one that is behind could catch up with its guard. The actor is
 * told nothing of it. */
pjwt_verdict pjwt_audit_note(struct pjwt_store *store, const char *act,
                             const char *object) PJWT_MUST_USE;

/*
 * One row for work that takes many changes: the first adds it (`*number` 0) and learns its
 * number, those after it write `object` (borrowed) anew. The actor is told nothing of it.
 * Reasons: as above.
 */
pjwt_verdict pjwt_audit_amend(struct pjwt_change *change, const char *act, const char *object,
                              int64_t *number) PJWT_MUST_USE;

/* Takes back what was not committed and leaves the line. */
void pjwt_change_end(struct pjwt_change *change);

/* The lock alone, for init, which must hold it before there is a file to change. */
pjwt_verdict pjwt_change_stand_in_line(const struct pjwt_store *store) PJWT_MUST_USE;

#endif
