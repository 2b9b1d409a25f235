/* What may become of a token that would log in here? A ticket for some services, which keeps
 * what the token proved and extends none of its limits. */
#ifndef PJWT_EXCHANGE_H
#define PJWT_EXCHANGE_H

#include "lib/login.h"
#include "lib/store/tickets.h"

/* All borrowed. */
struct pjwt_exchange {
    int64_t now;
    const struct pjwt_users *users;
    const char *user;                 /* NULL: whom the token names */
    const struct pjwt_list *services; /* where the ticket is to be good; each has a section */
};

/*
 * Decides on `typed` (borrowed) as pjwt_login() would in the first [service] of the config that
 * accepts tokens, and this issuer's; its refusal is ours. No key is proved here, so a token
 * that is bound to one (RFC 7800) is refused. Then every service must admit the ticket as of
 * now: it accepts tickets, and those of this issuer, and what it requires of claims and of
 * their age holds. Last, the ticket is made of `row` (services, created, expires, idle,
 * renewable_until are the caller's; the rest is filled in), and in the same transaction a token
 * that is good once is spent.
 *
 * `*asked` is the name of the service (borrowed from config or `wanted`) that was asked last,
 * NULL when there is none. `*row` and `*text` (owned by the caller) are written on OK alone.
 * Reasons: those of pjwt_login(), KIND_REFUSED, ISSUER_REFUSED, REQUIRE, AUTH_AGE, CLAIMS_AGE,
 * and those of pjwt_ticket_exchange().
 */
pjwt_verdict pjwt_exchange(const struct pjwt_config *config, struct pjwt_store *store,
                           const struct pjwt_exchange *wanted, const struct pjwt_secret *typed,
                           struct pjwt_ticket *row, struct pjwt_secret **text,
                           const char **asked, struct pjwt_report *report) PJWT_MUST_USE;

#endif
