/* Is the session file ours, whole and of our version? SQLite behind one door: only our own
 * processes open it. */
#ifndef PJWT_STORE_STORE_H
#define PJWT_STORE_STORE_H

#include "lib/base/own.h"
#include "lib/base/verdict.h"
#include "lib/base/why.h"

#include <stddef.h>

#define PJWT_SCHEMA_VERSION 5 /* of the session file, in this build */
#define PJWT_STORE_FILE     "sessions.db"
#define PJWT_STORE_QUEUE \
    "queue.lock" /* writers stand in line here, not in SQLite's busy-poll */

struct pjwt_store;

/* For a process of one thread, before it opens its first store: SQLite takes no locks among
 * threads then, keeps no account of its memory and sets none aside for pages, a twentieth of a
 * login. Once it is at work this does nothing. */
void pjwt_store_alone(void);

/*
 * Opens sessions.db in the directory `dir` (absolute, borrowed; 0700, ours). Never creates it.
 * `*store` is owned by the caller; it must not be carried across a fork(2). The login path, and
 * every command but init, comes this way.
 *
 * Reasons: STORE_MISSING, STORE_UNSAFE, STORE_UNREAD, STORE_DAMAGED (not a database, not ours,
 * a page that is not what was written), STORE_BEHIND, STORE_SCHEMA, STORE_BUSY, NO_MEMORY.
 */
pjwt_verdict pjwt_store_open(const char *dir, struct pjwt_store **store,
                             struct pjwt_why *why) PJWT_MUST_USE;

/* The same for who will end something: on a full disk the reserve is given up first, and
 * whoever holds the file for longer than any judge lives is waited for. */
pjwt_verdict pjwt_store_open_to_revoke(const char *dir, struct pjwt_store **store,
                                       struct pjwt_why *why) PJWT_MUST_USE;

/* `v` as it is; when it is STORE_DAMAGED and a page or frame is known, `why` becomes that. */
pjwt_verdict pjwt_store_explain(const struct pjwt_store *store, pjwt_verdict v,
                                struct pjwt_why *why) PJWT_MUST_USE;

/* Has the session file gone on since it was opened, as a change that was made through `store`
 * found when its turn came? If not, what was looked up in between still holds. A login by what
 * is good again (lib/store/admit.h) does not count; a change through `store` itself does. */
bool pjwt_store_went_on(const struct pjwt_store *store) PJWT_MUST_USE;

/* Creates directory (0700), queue and session file (0600) where they are missing, and brings an
 * older schema forward, whole or not at all. `*made` tells whether the file is new. A session
 * file that was made once and is gone or empty is STORE_DAMAGED, not made anew. Reasons as
 * above. */
pjwt_verdict pjwt_store_init(const char *dir, bool *made, struct pjwt_why *why) PJWT_MUST_USE;

/* Schema version of the file and rows now, for `status`. Reasons: STORE_*. */
struct pjwt_store_counts {
    int schema;
    long tickets, revocations, blocks;
    long logins; /* those too that are gone without a word */
};
pjwt_verdict pjwt_store_count(struct pjwt_store *store,
                              struct pjwt_store_counts *counts) PJWT_MUST_USE;

void pjwt_store_close(struct pjwt_store *store);
PJWT_DEFINE_DROP(store, struct pjwt_store, pjwt_store_close)

#endif
