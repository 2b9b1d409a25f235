/* How far can a session file be opened that logins must not use? Steps of pjwt_store_open() for
 * who makes, restores or repairs one. Inside lib/store alone. */
#ifndef PJWT_STORE_OPEN_H
#define PJWT_STORE_OPEN_H

#include "lib/store/db.h"

/* Looks at the files, opens directory and queue. Reasons: STORE_*. */
pjwt_verdict pjwt_open_files(const char *dir, struct pjwt_store *store,
                             struct pjwt_why *why) PJWT_MUST_USE;

/* Connects and checks the schema, whatever the guard says. Reasons: STORE_*. */
pjwt_verdict pjwt_open_unguarded(const char *dir, struct pjwt_store *store,
                                 struct pjwt_why *why) PJWT_MUST_USE;

/* Is what store->db was opened on of a version without checksums? Also when opening failed. */
bool pjwt_open_is_old(const struct pjwt_store *store);

#endif
