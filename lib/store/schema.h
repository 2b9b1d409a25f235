/* Which tables does the session file have? Every version, and the way from each to the next. */
#ifndef PJWT_STORE_SCHEMA_H
#define PJWT_STORE_SCHEMA_H

#include "lib/store/db.h"

#define PJWT_SCHEMA_SEALED      4          /* from this version on pages have checksums */
#define PJWT_SCHEMA_READ        4          /* the oldest that is read as it is */
#define PJWT_SCHEMA_LOGIN       5          /* from this version on a login has its own ticket */
#define PJWT_SCHEMA_APPLICATION 0x504a5754 /* "PJWT", in the header of the file */

/* Is the open file ours, and of a version that is read? Sets store->version. Reasons:
 * STORE_DAMAGED, STORE_SCHEMA, STORE_*. */
pjwt_verdict pjwt_schema_check(struct pjwt_store *store, struct pjwt_why *why) PJWT_MUST_USE;

/* Is the open file ours, of a version whose pages had no checksums yet? Reasons: as above. */
pjwt_verdict pjwt_schema_check_old(struct pjwt_store *store,
                                   struct pjwt_why *why) PJWT_MUST_USE;

/* Brings an empty or an older file of ours to this version, in one transaction. Reasons: as
 * above. */
pjwt_verdict pjwt_schema_bring_forward(struct pjwt_store *store,
                                       struct pjwt_why *why) PJWT_MUST_USE;

#endif
