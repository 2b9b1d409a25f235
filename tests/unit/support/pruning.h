/* Rows that ended, and a prune of them. */
#ifndef PJWT_TEST_PRUNING_H
#define PJWT_TEST_PRUNING_H

#include "tests/unit/support/scratch.h"

#include "lib/store/prune.h"

#define NOW 1767225600
#define UP  5000
#define OLD (NOW - PJWT_PRUNE_KEEP) /* the last second that goes */

extern const struct pjwt_clock pruning_noon; /* NOW, by every clock */

/* Of alice; `renewable` 0: not. */
void pruning_add_ticket(struct scratch *s, const char *id, int64_t expires, int64_t renewable);

/* `n` tokens that ended then. */
void pruning_add_spent(struct scratch *s, int n, int64_t expires);

void pruning_add_revocation(struct scratch *s, const char *kind, const char *iss,
                            const char *value, int64_t expires);

/* A run that begins at that instant; to its end, and how many steps that took; both. */
void pruning_begin(struct scratch *s, const struct pjwt_clock *clock, struct pjwt_prune *prune);
int pruning_finish(struct scratch *s, struct pjwt_prune *prune, size_t at_most);
struct pjwt_prune pruning_at(struct scratch *s, const struct pjwt_clock *clock);

#endif
