/* What stands revoked, and how is it taken back or carried to another machine? */
#ifndef PJWT_STORE_REVOCATION_LIST_H
#define PJWT_STORE_REVOCATION_LIST_H

#include "lib/store/revocations.h"

#include <stddef.h>

/* Digits of an id of a revocation or a block; a ticket's is its own, one longer. */
#define PJWT_REVOCATION_ID_LEN 11

/* A row of the list. Times are seconds since the epoch, 0: none. */
struct pjwt_revoked {
    char kind[16];                   /* jti, user, subject, issuer, key, block or ticket */
    char id[PJWT_TICKET_ID_LEN + 1]; /* made from kind, iss and value: the same everywhere */
    struct pjwt_revocation row;      /* its `kind` does not count for blocks and tickets; a
                                        block's `value` is the user, its `expires` the end */
};

/* Calls `each` for every revocation, then block, then revoked ticket, one row at a time; ends
 * early when it returns false. Reasons: STORE_*, INTERNAL. */
typedef bool pjwt_revoked_each_fn(void *context, const struct pjwt_revoked *row);
pjwt_verdict pjwt_revocation_list(struct pjwt_store *store, pjwt_revoked_each_fn *each,
                                  void *context) PJWT_MUST_USE;

/*
 * Takes back what `id` names: a revocation, a block, or the revocation of one ticket. Durable
 * on return. Tickets that a revocation ended stay ended. `*undone` is what it was.
 * Reasons: NOT_FOUND, STORE_*, INTERNAL.
 */
pjwt_verdict pjwt_revocation_undo(struct pjwt_store *store, const char *id,
                                  struct pjwt_revoked *undone) PJWT_MUST_USE;

/* What an import did. */
struct pjwt_imported {
    long changed; /* rows that were new or that stand longer now */
    long tickets; /* tickets that were ended */
};

/*
 * Adds `count` rows (borrowed; no tickets) that another machine exported, in one transaction. A
 * row never shortens what stands, and the same row again changes nothing. Adds to `*done`.
 * Reasons: INTERNAL (another kind), STORE_*.
 */
pjwt_verdict pjwt_revocation_import(struct pjwt_store *store, const struct pjwt_revoked *rows,
                                    size_t count, struct pjwt_imported *done) PJWT_MUST_USE;

#endif
