/* Which logins are open, and what does each rest on? */
#ifndef PJWT_STORE_LOGINS_H
#define PJWT_STORE_LOGINS_H

#include "lib/base/grant.h"
#include "lib/base/report.h"
#include "lib/store/handoff.h"
#include "lib/store/store.h"

#include <stdint.h>

#define PJWT_LOGIN_ID_LEN 11  /* digits of base62 */
#define PJWT_LOGIN_NAME   256 /* bytes of a user, tty or rhost, with the NUL */
#define PJWT_LOGIN_BOOT   37  /* bytes of a boot id, with the NUL */

/* A row. It lives as long as its process: pid, start time and boot name one for ever. */
struct pjwt_login_row {
    char id[PJWT_LOGIN_ID_LEN + 1];
    int64_t ours;                 /* 1: it passed through us and rests on `grant`; else 0 */
    char user[PJWT_LOGIN_NAME];   /* who logged in; of ours that is grant.user */
    char target[PJWT_LOGIN_NAME]; /* whose session it is: for sudo another */
    char tty[PJWT_LOGIN_NAME];
    char rhost[PJWT_LOGIN_NAME];
    int64_t pid, started; /* of the process that opened it; clock ticks since boot */
    char boot[PJWT_LOGIN_BOOT];
    int64_t opened;          /* seconds since the epoch */
    struct pjwt_grant grant; /* of a login that is not ours: service alone */
};

/* Adds a row (borrowed; its id is made here) and writes the id. Durable on return. Reasons:
 * STORE_*, INTERNAL. */
pjwt_verdict pjwt_login_add(struct pjwt_store *store, struct pjwt_login_row *row) PJWT_MUST_USE;

/* Removes it, when `asker` (borrowed; NULL: whoever) is its process; the ticket that was made
 * for it ends at `now`, if there is one: `*had_ticket`, on OK alone. Reasons: NOT_FOUND,
 * STORE_*. */
pjwt_verdict pjwt_login_remove(struct pjwt_store *store, const char *id,
                               const struct pjwt_asker *asker, int64_t now,
                               bool *had_ticket) PJWT_MUST_USE;

/* The row of that id (borrowed). Reasons: NOT_FOUND, STORE_*. */
pjwt_verdict pjwt_login_get(struct pjwt_store *store, const char *id,
                            struct pjwt_login_row *row) PJWT_MUST_USE;

/* Is this text (borrowed) such an id? */
bool pjwt_login_id_valid(const char *id);

/* Calls `each` for every row, oldest first, one at a time; ends early when it returns false.
 * Reasons: STORE_*. */
typedef bool pjwt_login_each_fn(void *context, const struct pjwt_login_row *row);
pjwt_verdict pjwt_login_list(struct pjwt_store *store, pjwt_login_each_fn *each,
                             void *context) PJWT_MUST_USE;

/*
 * Does what this login rests on still stand at `now`? Looks at revocations and blocks: those of
 * its grant, or for a login that is not ours those of its user and its target.
 * Reasons: those of pjwt_revocation_check().
 */
pjwt_verdict pjwt_login_stands(struct pjwt_store *store, const struct pjwt_login_row *row,
                               int64_t now, struct pjwt_report *report) PJWT_MUST_USE;

#endif
