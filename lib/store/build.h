/* How does a session file come into being? Whole or not at all: made beside the old one,
 * synced, and renamed into its place. Inside lib/store alone. */
#ifndef PJWT_STORE_BUILD_H
#define PJWT_STORE_BUILD_H

#include "lib/store/guard_file.h"

#include <sqlite3.h>

#define PJWT_BUILD_FILE "sessions.new"

/* Names a store that was never there before: number 1. Reasons: INTERNAL. */
pjwt_verdict pjwt_build_name(struct pjwt_guard *row) PJWT_MUST_USE;

/*
 * Opens a session file to copy it: `vfs` is PJWT_VFS_NAME for one with checksums, NULL for an
 * older one. `flags` of sqlite3_open_v2. `*db` is owned by the caller, whatever the outcome.
 * Nothing in it is run. Reasons: STORE_*.
 */
pjwt_verdict pjwt_build_source(const char *uri, int flags, const char *vfs,
                               sqlite3 **db) PJWT_MUST_USE;

/*
 * Waits until nobody else has `db` open, and keeps it so until it is closed: all of it stands
 * in the file then, and the log is gone. A process that still read the old file would otherwise
 * share the new one's log. Reasons: STORE_BUSY, STORE_*.
 */
pjwt_verdict pjwt_build_hold(sqlite3 *db) PJWT_MUST_USE;

/*
 * Makes dir/sessions.new in this build's version: empty, or with all that `source` (borrowed,
 * may be NULL) holds. Its guard row becomes `row`; with NULL it keeps the one it has. To be
 * called by who holds the queue. Reasons: STORE_*.
 */
pjwt_verdict pjwt_build_new(const char *dir, sqlite3 *source, const struct pjwt_guard *row,
                            struct pjwt_why *why) PJWT_MUST_USE;

/* Puts it in the place of the session file and of its log, which is removed. Durable on return.
 * Reasons: STORE_*. */
pjwt_verdict pjwt_build_place(const char *dir, struct pjwt_why *why) PJWT_MUST_USE;

#endif
