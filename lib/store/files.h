/* Which files make up the store, and are they private? Inside lib/store alone. */
#ifndef PJWT_STORE_FILES_H
#define PJWT_STORE_FILES_H

#include "lib/base/file.h"
#include "lib/base/verdict.h"

#include <limits.h>

/* The verdict that an outcome of lib/base/file.h means for the store. */
pjwt_verdict pjwt_files_verdict(enum pjwt_file outcome) PJWT_MUST_USE;

/* STORE_FULL or STORE_UNREAD, as errno says; `why` names the file. */
pjwt_verdict pjwt_files_failed(const char *dir, const char *name,
                               struct pjwt_why *why) PJWT_MUST_USE;

/* dir/name. Reasons: STORE_UNREAD (too long). */
pjwt_verdict pjwt_files_join(const char *dir, const char *name, char path[PATH_MAX],
                             struct pjwt_why *why) PJWT_MUST_USE;

/* The files that SQLite will open and the guard, before that; only the session file must be
 * there. `fd` (borrowed) is the directory's own. Reasons: STORE_MISSING, STORE_UNSAFE,
 * STORE_UNREAD, NO_MEMORY. */
pjwt_verdict pjwt_files_check(const char *dir, int fd, struct pjwt_why *why) PJWT_MUST_USE;

/* Makes an empty file with mode 0600 unless one is there; synced. Reasons: STORE_*. */
pjwt_verdict pjwt_files_make(const char *dir, const char *name,
                             struct pjwt_why *why) PJWT_MUST_USE;

/* Opens the directory, and the queue in it, the directory `fd`; both owned by the caller.
 * Reasons: STORE_*. */
pjwt_verdict pjwt_files_open_dir(const char *dir, int *fd, struct pjwt_why *why) PJWT_MUST_USE;
pjwt_verdict pjwt_files_open_queue(const char *dir, int fd, int *queue,
                                   struct pjwt_why *why) PJWT_MUST_USE;

#endif
