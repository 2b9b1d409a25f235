/* What may happen in a story? One row for each kind of operation. For story.c and answers.c
 * alone. */
#ifndef PJWT_STORE_FAULTS_OPERATIONS_H
#define PJWT_STORE_FAULTS_OPERATIONS_H

#include "tests/store_faults/story.h"

#include "lib/base/grant.h"
#include "lib/store/handoff.h"

#define OPERATION_TICKETS (1U << STORY_ISSUE | 1U << STORY_RENEW | 1U << STORY_EXCHANGE)
#define OPERATION_ISS     "https://idp"

/* The kinds, as a set, of which one must stand that this one ends; 0: it ends nothing. */
unsigned operation_ends(enum story_kind kind);

/* "renew", for who reads the figures. */
const char *operation_name(enum story_kind kind);

/* Does it. What it makes stands in fact->text before it is committed. */
pjwt_verdict operation_run(struct pjwt_store *store, struct story *story,
                           struct story_fact *fact);

/* The token, good once, that the ticket of an exchange is made of. */
void operation_token(const struct story_fact *fact, struct pjwt_grant *grant);

/* Takes a login that was handed off. */
pjwt_verdict operation_take(struct pjwt_store *store, const char *id);

#endif
