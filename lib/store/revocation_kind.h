/* How is each kind of revocation written in its row, and what does it say when it refuses? */
#ifndef PJWT_STORE_REVOCATION_KIND_H
#define PJWT_STORE_REVOCATION_KIND_H

#include "lib/store/revocations.h"

#include <stdbool.h>
#include <stddef.h>

struct pjwt_revocation_kind {
    const char *name;  /* in the column `kind` */
    const char *check; /* in `explain` */
    pjwt_verdict refusal;
    const char *marks; /* the statement that ends the tickets which rest on it: ?1 to ?3 what to
                          write, ?4 iss, ?5 value, ?6 before, ?7 leeway */
    size_t value;      /* offset in struct pjwt_grant of what `value` is compared with */
    bool iss;          /* the issuer is compared too */
    bool dated;        /* refuses what was issued until `before`; else whatever the date */
    bool valued;       /* has a value at all */
};

/* Static; NULL when there is no such kind. */
const struct pjwt_revocation_kind *pjwt_revocation_kind(enum pjwt_revoke kind);

#endif
