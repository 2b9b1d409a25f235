/* How is the session file opened? Through our VFS, with nothing in it that may run code. Inside
 * lib/store alone. */
#ifndef PJWT_STORE_CONNECT_H
#define PJWT_STORE_CONNECT_H

#include "lib/store/db.h"

/* An empty one: all descriptors -1. Owned by the caller. Reasons: NO_MEMORY. */
pjwt_verdict pjwt_connect_new(struct pjwt_store **store) PJWT_MUST_USE;

/* Opens `path` as store->db. Reasons: STORE_*. */
pjwt_verdict pjwt_connect(const char *path, struct pjwt_store *store) PJWT_MUST_USE;

/* Puts everything that stands in the log into the file, and leaves the log empty (by its
 * header: see vfs_log.c). Reasons: STORE_BUSY (somebody reads), STORE_*. */
pjwt_verdict pjwt_connect_settle(sqlite3 *db) PJWT_MUST_USE;

/* `v` as it is; of a refusal, which `why` does not tell yet, what is known: the damage that our
 * VFS saw, else SQLite's own words. */
pjwt_verdict pjwt_connect_explain(const struct pjwt_store *store, pjwt_verdict v,
                                  struct pjwt_why *why) PJWT_MUST_USE;

#endif
