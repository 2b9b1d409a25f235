/* Which tickets exist, and is this one good? */
#ifndef PJWT_STORE_TICKETS_H
#define PJWT_STORE_TICKETS_H

#include "lib/base/grant.h"
#include "lib/base/net.h"
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
    int64_t idle;            /* seconds that it may go unused; 0: no limit */
    int64_t last_used;       /* to the step of lib/store/ticket_use.h; 0: never */
    int64_t renewable_until; /* 0: not renewable */
    int64_t lifetime;        /* seconds from its making, and from each renewal, to its end */
    char from[PJWT_NET_MAX]; /* where logins with it come from; "": from everywhere */
    /* The claims of that token as JSON text, for pjwt_ticket_issue() alone; borrowed, NULL:
     * none. They are read back by pjwt_ticket_claims(). */
    const char *claims;
};

/* Makes and stores a ticket for `row` (borrowed: user, services, created, expires, one_time,
 * idle, renewable_until, from, note, origin; its id and lifetime are filled in). One that is
 * good once is never renewable.
 * `*text` (owned by the caller) is the only copy of the secret. Reasons: STORE_*, NO_MEMORY,
 * INTERNAL. */
pjwt_verdict pjwt_ticket_issue(struct pjwt_store *store, struct pjwt_ticket *row,
                               struct pjwt_secret **text) PJWT_MUST_USE;

/*
 * The same for a ticket that is made of the token of `from` (borrowed; accepted by
 * pjwt_login()), in one transaction with what that costs: a token that is good once is spent,
 * and one that was revoked meanwhile makes none. Reasons: REPLAYED, those of
 * pjwt_revocation_check(), STORE_*, NO_MEMORY, INTERNAL.
 */
pjwt_verdict pjwt_ticket_exchange(struct pjwt_store *store, struct pjwt_ticket *row,
                                  const struct pjwt_grant *from, struct pjwt_secret **text,
                                  struct pjwt_report *report) PJWT_MUST_USE;

/*
 * The same for the open login `login` (borrowed; its id) that the token of `from` opened: good
 * only while pjwt_login_get() finds it and its process lives (lib/login_ticket.h), and never
 * renewable. What the token cost is paid already. NOT_FOUND in a file of a version without such
 * tickets; otherwise the reasons of pjwt_ticket_exchange() but REPLAYED.
 */
pjwt_verdict pjwt_ticket_for_login(struct pjwt_store *store, struct pjwt_ticket *row,
                                   const char *login, const struct pjwt_grant *from,
                                   struct pjwt_secret **text,
                                   struct pjwt_report *report) PJWT_MUST_USE;

/* The id of the login that the ticket `id` (borrowed) is for; "" when it is for none, or there
 * is no such ticket. Reasons: STORE_*. */
#define PJWT_TICKET_LOGIN_SIZE 12 /* bytes, with the NUL */
pjwt_verdict pjwt_ticket_login(struct pjwt_store *store, const char *id,
                               char login[PJWT_TICKET_LOGIN_SIZE]) PJWT_MUST_USE;

/*
 * A new secret and a new end for the ticket `typed` (borrowed), which is refused from then on
 * as TICKET_UNKNOWN. The id stays, and with it what rests on it: logins, revocations, its
 * making. The end is now and the ticket's own lifetime, never after `renewable_until` and never
 * before the old one, and what rests on the ticket takes it over in the same transaction: open
 * logins, and those on their way from check to session. Renewing is a use. The service and
 * where it comes from are not asked.
 * `*row` is what it is now; `*text` is owned by the caller. Both on OK alone.
 *
 * Reasons: TICKET_BAD, TICKET_UNKNOWN, TICKET_REVOKED, TICKET_FUTURE, TICKET_EXPIRED,
 * TICKET_IDLE, TICKET_SPENT, TICKET_FIXED, those of pjwt_revocation_check(), STORE_*,
 * NO_MEMORY, INTERNAL.
 */
pjwt_verdict pjwt_ticket_renew(struct pjwt_store *store, const struct pjwt_secret *typed,
                               int64_t now, struct pjwt_ticket *row, struct pjwt_secret **text,
                               struct pjwt_report *report) PJWT_MUST_USE;

/* When it was last used, or made; and has it gone unused for too long at `now`? */
int64_t pjwt_ticket_used(const struct pjwt_ticket *row);
bool pjwt_ticket_is_idle(const struct pjwt_ticket *row, int64_t now);

/* Is `service` (borrowed) one of its services, byte for byte? */
bool pjwt_ticket_lists(const struct pjwt_ticket *row, const char *service);

/* What a login by it rests on: all of the grant but its service. */
void pjwt_ticket_grant(const struct pjwt_ticket *row, struct pjwt_grant *grant);

/* Is `typed` (borrowed) a ticket of ours that is still good at `now`, wherever it may be used?
 * The first half of pjwt_ticket_check(), with its reasons up to TICKET_IDLE. */
pjwt_verdict pjwt_ticket_stands(struct pjwt_store *store, const struct pjwt_secret *typed,
                                int64_t now, struct pjwt_ticket_text *parts,
                                struct pjwt_ticket *row,
                                struct pjwt_report *report) PJWT_MUST_USE;

/*
 * Is `typed` a ticket of ours that is good at `now` for `service`, from `rhost` (PAM_RHOST or
 * "")? Compared in constant time,
 * with a dummy row when there is none. Sets report->authentic as soon as the secret matches.
 * Fills `*grant` on OK alone: user, ticket, origin, iat, auth_time, issued, expires, one_time.
 * Whose login it may be, and the wider revocations, are the caller's next checks.
 *
 * Reasons: TICKET_BAD, TICKET_UNKNOWN, TICKET_REVOKED, TICKET_FUTURE, TICKET_EXPIRED,
 * TICKET_IDLE, TICKET_FROM, TICKET_SERVICE, STORE_*. One that is good for one login alone is
 * spent elsewhere (lib/store/replay.h).
 */
pjwt_verdict pjwt_ticket_check(struct pjwt_store *store, const struct pjwt_secret *typed,
                               const char *service, const char *rhost, int64_t now,
                               struct pjwt_grant *grant,
                               struct pjwt_report *report) PJWT_MUST_USE;

/* The row of that id. Reasons: NOT_FOUND, STORE_*. */
pjwt_verdict pjwt_ticket_get(struct pjwt_store *store, const char *id,
                             struct pjwt_ticket *row) PJWT_MUST_USE;

/* Which tickets to list; NULL and 0: all. Borrowed. */
struct pjwt_ticket_filter {
    const char *user;
    const char *service;  /* one of its services */
    const char *iss;      /* of the token that it was exchanged from */
    int64_t now;          /* for the next one */
    int64_t expiring_by;  /* those that end after `now` and until then */
    int64_t unused_since; /* those that were last used, or made, until then */
};

/* Calls `each` for every ticket that passes, by creation, oldest first, one row at a time; ends
 * early when it returns false. `filter` NULL: all. Reasons: STORE_*. */
typedef bool pjwt_ticket_each_fn(void *context, const struct pjwt_ticket *row);
pjwt_verdict pjwt_ticket_list(struct pjwt_store *store, const struct pjwt_ticket_filter *filter,
                              pjwt_ticket_each_fn *each, void *context) PJWT_MUST_USE;

#endif
