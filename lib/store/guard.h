/* Is this the session file that was acknowledged last? Its own row against the guard file.
 * Inside lib/store alone. */
#ifndef PJWT_STORE_GUARD_H
#define PJWT_STORE_GUARD_H

#include "lib/store/db.h"
#include "lib/store/guard_file.h"

/* The number of the last commit that the session file holds. Reasons: STORE_*. */
pjwt_verdict pjwt_guard_row(struct pjwt_store *store, struct pjwt_guard *row) PJWT_MUST_USE;

/* Writes the row; inside a change. Reasons: STORE_*. */
pjwt_verdict pjwt_guard_set_row(struct pjwt_store *store,
                                const struct pjwt_guard *row) PJWT_MUST_USE;

/* Is what the row says as new as `guard`, which must have been read first? A writer that comes
 * between the two makes the row newer, never older. Reasons: STORE_BEHIND, STORE_*. */
pjwt_verdict pjwt_guard_check(struct pjwt_store *store, const struct pjwt_guard *guard,
                              struct pjwt_guard *row, struct pjwt_why *why) PJWT_MUST_USE;

#endif
