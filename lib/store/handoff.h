/* Which login just accepted does this session belong to? An id that crosses from the process
 * that asked `auth` to the one that opens the session, through an environment the user's shell
 * will see: so it is random, good once, for 120 seconds, and for that process or its parent
 * alone. */
#ifndef PJWT_STORE_HANDOFF_H
#define PJWT_STORE_HANDOFF_H

#include "lib/base/grant.h"
#include "lib/store/store.h"

#include <stdint.h>
#include <sys/types.h>

#define PJWT_HANDOFF_SIZE    33 /* 128 random bits as 32 hex digits, and a NUL */
#define PJWT_HANDOFF_SECONDS 120

/* Who asked: the process behind the socket, its parent, and when each started (clock ticks
 * since boot, as in /proc/PID/stat), so that a pid used again is not taken for it. */
struct pjwt_asker {
    pid_t pid, parent;
    uint64_t started, parent_started;
};

/* Remembers `grant` and writes the new id into `id`. A login calls it inside a change that has
 * begun (lib/store/admit.h). Reasons: STORE_*, INTERNAL. */
pjwt_verdict pjwt_handoff_put(struct pjwt_store *store, const struct pjwt_grant *grant,
                              const struct pjwt_asker *asker, int64_t now,
                              char id[PJWT_HANDOFF_SIZE]) PJWT_MUST_USE;

/* Forgets rows that have ended, up to a bound. Reasons: STORE_*. */
pjwt_verdict pjwt_handoff_forget(struct pjwt_store *store, int64_t now) PJWT_MUST_USE;

/*
 * Takes it back, once. The user of the grant must be `user` or `ruser` (sudo opens the session
 * of its target and names the invoker in PAM_RUSER); the service must be the same; `asker` must
 * be the process that put it or that one's parent.
 *
 * Reasons: LOGIN_UNKNOWN, STORE_*.
 */
pjwt_verdict pjwt_handoff_take(struct pjwt_store *store, const char *id, const char *user,
                               const char *ruser, const char *service,
                               const struct pjwt_asker *asker, int64_t now,
                               struct pjwt_grant *grant) PJWT_MUST_USE;

#endif
