/* Which tickets exist, and is this one good? */
#ifndef PJWT_STORE_TICKETS_H
#define PJWT_STORE_TICKETS_H

#include "lib/base/grant.h"
#include "lib/base/report.h"
#include "lib/base/secret.h"
#include "lib/store/store.h"
#include "lib/store/ticket_text.h"

#include <stdint.h>

#define PJWT_SERVICES_MAX 1025 /* bytes of a ticket's service list, with the NUL */
#define PJWT_NOTE_MAX     257  /* bytes of a note or a reason, with the NUL */

/* A row; its secret is nowhere. Times are seconds since the epoch, 0: none. */
struct pjwt_ticket {
    char id[PJWT_TICKET_ID_LEN + 1];
    char user[PJWT_USER_MAX];
    char services[PJWT_SERVICES_MAX]; /* comma-separated */
    int64_t created;
    int64_t expires;
    int64_t one_time; /* 1: good for one login */
    int64_t spent_at;
    char note[PJWT_NOTE_MAX];
    int64_t revoked_at;
    char revoked_by[PJWT_USER_MAX + 16];
    char revoked_why[PJWT_NOTE_MAX];
    /* origin: the token it was exchanged from; "" and 0 when an admin issued it */
    char iss[PJWT_ISS_MAX];
    char sub[PJWT_SUB_MAX];
    char jti[PJWT_JTI_MAX];
    char kid[PJWT_KID_MAX];
    int64_t iat;
    int64_t auth_time;
    /* The claims of that token as JSON text, for pjwt_ticket_issue() alone; borrowed, NULL:
     * none. They are read back by pjwt_ticket_claims(). */
    const char *claims;
};

/* Makes and stores a ticket for `row` (borrowed: user, services, created, expires,
 * one_time, note, origin; its id is filled in).
 * `*text` (owned by the caller) is the only copy of the secret. Reasons: STORE_*, NO_MEMORY,
 * INTERNAL. */
pjwt_verdict pjwt_ticket_issue(struct pjwt_store *store, struct pjwt_ticket *row,
                               struct pjwt_secret **text) PJWT_MUST_USE;

/*
 * Is `typed` a ticket of ours that is good at `now` for `service`? Compared in constant time,
 * with a dummy row when there is none. Sets report->authentic as soon as the secret matches.
 * Fills `*grant` on OK alone: user, ticket, origin, iat, auth_time, issued, expires, one_time.
 * Whose login it may be, and the wider revocations, are the caller's next checks.
 *
 * Reasons: TICKET_BAD, TICKET_UNKNOWN, TICKET_REVOKED, TICKET_EXPIRED, TICKET_SERVICE, STORE_*.
 * One that is good for one login alone is spent elsewhere (lib/store/replay.h).
 */
pjwt_verdict pjwt_ticket_check(struct pjwt_store *store, const struct pjwt_secret *typed,
                               const char *service, int64_t now, struct pjwt_grant *grant,
                               struct pjwt_report *report) PJWT_MUST_USE;

/* The row of that id. Reasons: NOT_FOUND, STORE_*. */
pjwt_verdict pjwt_ticket_get(struct pjwt_store *store, const char *id,
                             struct pjwt_ticket *row) PJWT_MUST_USE;

/* Calls `each` for every ticket by creation, oldest first, one row at a time; ends early when
 * it returns false. `user` NULL: all. Reasons: STORE_*. */
typedef bool pjwt_ticket_each_fn(void *context, const struct pjwt_ticket *row);
pjwt_verdict pjwt_ticket_list(struct pjwt_store *store, const char *user,
                              pjwt_ticket_each_fn *each, void *context) PJWT_MUST_USE;

#endif
