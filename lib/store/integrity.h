/* Is every page of a session file whole, every row in its place, and every value of the type of
 * its column? SQLite's own check, with our checksums below it. Inside lib/store alone. */
#ifndef PJWT_STORE_INTEGRITY_H
#define PJWT_STORE_INTEGRITY_H

#include "lib/base/verdict.h"
#include "lib/base/why.h"

#include <sqlite3.h>

/* Reads all of `db`. Reasons: STORE_DAMAGED (`why`: what and where), STORE_*. */
pjwt_verdict pjwt_integrity(sqlite3 *db, struct pjwt_why *why) PJWT_MUST_USE;

#endif
