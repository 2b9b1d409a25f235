/* What was acknowledged last? A file beside the session file that remembers the number of its
 * last commit, so that an older session file, or one whose log lost its end, is told. Inside
 * lib/store alone. */
#ifndef PJWT_STORE_GUARD_FILE_H
#define PJWT_STORE_GUARD_FILE_H

#include "lib/base/verdict.h"
#include "lib/base/why.h"

#include <stdbool.h>
#include <stdint.h>

#define PJWT_GUARD_FILE "sessions.guard"
#define PJWT_GUARD_ID   16 /* bytes of a store's name: random, new with each store */

struct pjwt_guard {
    unsigned char store[PJWT_GUARD_ID];
    int64_t number; /* of commits; 0 in the file: the store is being made */
};

/* Opens dir/sessions.guard (`dir`: a descriptor). `*fd` is owned by the caller. Reasons:
 * STORE_BEHIND (it is gone), STORE_UNREAD. */
pjwt_verdict pjwt_guard_open(int dir, int *fd, struct pjwt_why *why) PJWT_MUST_USE;

/* The higher one of its two slots that are whole. Reasons: STORE_BEHIND (neither is),
 * STORE_UNREAD. */
pjwt_verdict pjwt_guard_read(int fd, struct pjwt_guard *guard,
                             struct pjwt_why *why) PJWT_MUST_USE;

/* Into the slot whose turn it is, in one write. With `durable`, on the disk on return; else it
 * outlives this process, but not a power cut: then the guard is older than the store, which is
 * allowed. To be called by who holds the queue. Reasons: STORE_UNREAD, STORE_FULL. */
pjwt_verdict pjwt_guard_write(int fd, const struct pjwt_guard *guard,
                              bool durable) PJWT_MUST_USE;

/* A new file with both slots alike, in the place of any other. Reasons: STORE_*. */
pjwt_verdict pjwt_guard_make(const char *dir, const struct pjwt_guard *guard,
                             struct pjwt_why *why) PJWT_MUST_USE;

#endif
