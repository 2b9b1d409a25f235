/* Who changed what in the session file, when, from where and why? Written in the transaction of
 * the change itself, so that neither stands without the other. */
#ifndef PJWT_STORE_AUDIT_H
#define PJWT_STORE_AUDIT_H

#include "lib/base/grant.h"
#include "lib/store/store.h"

#include <stdint.h>

#define PJWT_AUDIT_ROWS   100000 /* the oldest go when there are more */
#define PJWT_AUDIT_WHO    (PJWT_USER_MAX + 16)
#define PJWT_AUDIT_FROM   129
#define PJWT_AUDIT_ACT    33
#define PJWT_AUDIT_OBJECT (PJWT_ISS_MAX + PJWT_SUB_MAX + 16)
#define PJWT_AUDIT_WHY    257

/* One row. Sizes in bytes with the NUL; `number` rises by one from row to row. */
struct pjwt_audit {
    int64_t number;
    int64_t at; /* seconds since the epoch */
    char who[PJWT_AUDIT_WHO];
    char from[PJWT_AUDIT_FROM];     /* "pts/3", "192.0.2.7"; "" when unknown */
    char act[PJWT_AUDIT_ACT];       /* the verb: "revoke user" */
    char object[PJWT_AUDIT_OBJECT]; /* what it was done to: a ticket's id, a user's name … */
    char why[PJWT_AUDIT_WHY];
};

/* Called after the commit that made the row durable. */
typedef void pjwt_audited_fn(void *context, const struct pjwt_audit *row);

/* For whom a store is changed. `who`, `from` and `at` go into every row. */
struct pjwt_actor {
    char who[PJWT_AUDIT_WHO];
    char from[PJWT_AUDIT_FROM];
    int64_t at;
    pjwt_audited_fn *audited; /* may be NULL */
    void *context;            /* borrowed, handed to `audited` */
};

/* From now on `actor` (borrowed, to the store's end) stands behind every change of `store`. A
 * store without one writes no audit: that is a login, which has its own log line. */
void pjwt_store_act_for(struct pjwt_store *store, const struct pjwt_actor *actor);

/* What to show; zero and NULL: all. Borrowed. */
struct pjwt_audit_filter {
    const char *who;
    const char *act;    /* the first words of the verb: "revoke" finds "revoke user" */
    const char *object; /* the whole of it, or one of its words */
    int64_t since;      /* seconds since the epoch */
};

/* Calls `each` for every row that passes, oldest first, one at a time; ends early when it
 * returns false. Reasons: STORE_*. */
typedef bool pjwt_audit_each_fn(void *context, const struct pjwt_audit *row);
pjwt_verdict pjwt_audit_list(struct pjwt_store *store, const struct pjwt_audit_filter *filter,
                             pjwt_audit_each_fn *each, void *context) PJWT_MUST_USE;

#endif
