/* What is no longer good, although it was once? One vocabulary: ticket, jti, user, subject,
 * issuer, key, each remembered until nothing it could refuse is left. */
#ifndef PJWT_STORE_REVOCATIONS_H
#define PJWT_STORE_REVOCATIONS_H

#include "lib/base/grant.h"
#include "lib/base/report.h"
#include "lib/store/store.h"
#include "lib/store/tickets.h"

#include <stdint.h>

enum pjwt_revoke {
    PJWT_REVOKE_JTI,     /* iss + jti */
    PJWT_REVOKE_USER,    /* local user name, issued until `before` */
    PJWT_REVOKE_SUBJECT, /* iss + sub, issued until `before` */
    PJWT_REVOKE_ISSUER,  /* iss, issued until `before` */
    PJWT_REVOKE_KEY      /* iss + kid, whatever the iat */
};

struct pjwt_revocation {
    enum pjwt_revoke kind;
    char iss[PJWT_ISS_MAX];   /* "" for USER */
    char value[PJWT_SUB_MAX]; /* jti, user, sub or kid; "" for ISSUER */
    int64_t
        before; /* seconds since the epoch; refuses iat <= before + leeway; 0 for JTI and KEY */
    int64_t leeway; /* seconds that the issuer's clock may be ahead of ours; not kept: for
                       ending the tickets that grew from its tokens */
    int64_t created;
    int64_t expires; /* what it refuses has expired by then; 0: never */
    char by[PJWT_USER_MAX + 16];
    char why[PJWT_NOTE_MAX];
};

/* Durable on return. A second one for the same thing extends the first: the later `before`, the
 * later `expires`. In the same transaction it ends the tickets that rest on it: those that grew
 * from such a token, and for USER that user's tickets created until `before`; `*tickets` (may
 * be NULL) counts them. Reasons: STORE_*. */
pjwt_verdict pjwt_revocation_add(struct pjwt_store *store, const struct pjwt_revocation *row,
                                 long *tickets) PJWT_MUST_USE;

/* Marks one ticket. Durable on return; revoking it again changes nothing and is OK. Here and
 * below `by` and `why` must fit those fields of struct pjwt_revocation. Reasons: NOT_FOUND,
 * INTERNAL (too long), STORE_*. */
pjwt_verdict pjwt_revocation_ticket(struct pjwt_store *store, const char *id, int64_t now,
                                    const char *by, const char *why) PJWT_MUST_USE;

/*
 * Is anything that `grant` (borrowed) rests on revoked, or its user blocked, at `now`? Looks at
 * the ticket's own row, the user, and the origin.
 *
 * Reasons: TICKET_REVOKED, TICKET_UNKNOWN (its row is gone), JTI_REVOKED, USER_REVOKED,
 * SUBJECT_REVOKED, ISSUER_REVOKED, KEY_REVOKED, USER_BLOCKED, STORE_*.
 */
pjwt_verdict pjwt_revocation_check(struct pjwt_store *store, const struct pjwt_grant *grant,
                                   int64_t now, struct pjwt_report *report) PJWT_MUST_USE;

/* The same for a user who did not authenticate with us: any revocation of the user
 * counts until it expires, because when that login was authenticated is unknown. Reasons:
 * USER_REVOKED, USER_BLOCKED, STORE_*. */
pjwt_verdict pjwt_revocation_check_user(struct pjwt_store *store, const char *user, int64_t now,
                                        struct pjwt_report *report) PJWT_MUST_USE;

/* Calls `each`, until it returns false, with what stands at `now` and does not depend on one
 * token or subject: the revocations of `user` (borrowed, "" for none), and all of whole issuers
 * and of keys. Reasons: STORE_*. */
typedef bool pjwt_revocation_each_fn(void *context, const struct pjwt_revocation *row);
pjwt_verdict pjwt_revocation_standing(struct pjwt_store *store, const char *user, int64_t now,
                                      pjwt_revocation_each_fn *each,
                                      void *context) PJWT_MUST_USE;

/* Blocks a user until `until` (0: until unblocked). Durable on return. Reasons: INTERNAL (too
 * long), STORE_*. */
pjwt_verdict pjwt_block_add(struct pjwt_store *store, const char *user, int64_t now,
                            int64_t until, const char *by, const char *why) PJWT_MUST_USE;
/* Reasons: NOT_FOUND, STORE_*. */
pjwt_verdict pjwt_block_remove(struct pjwt_store *store, const char *user) PJWT_MUST_USE;

#endif
