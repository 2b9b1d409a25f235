/* Which encrypted tokens does the house have? */
#ifndef PJWT_FAULTS_SEALED_H
#define PJWT_FAULTS_SEALED_H

#include "lib/base/secret.h"

#include <stdbool.h>
#include <stddef.h>

/* One for each kind of key, and each way to seal the text. */
struct sealed_kind {
    const char *name, *alg, *crv, *enc; /* name is the kid too; the rest as in JOSE */
};

extern const struct sealed_kind sealed_kinds[];
extern const size_t sealed_kinds_count;

/* Two of them are for an issuer's second set, where a token without a kid leaves a choice. */
#define SEALED_SET     "corp-dec.jwks"
#define SEALED_SET_TWO "two-dec.jwks"

/*
 * Writes private/ with both sets into `dir`, and `sealed-NAME` and `broken-NAME` for each kind:
 * `token` (borrowed), and the same with another tag. `two` (borrowed) becomes `sealed-no-kid`,
 * for the first key of the second set, which it does not name.
 */
bool sealed_make(const char *dir, const struct pjwt_secret *token,
                 const struct pjwt_secret *two);

#endif
