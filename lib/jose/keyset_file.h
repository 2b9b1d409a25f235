/* What does it mean for a key set that a file or a key could not be read? For this folder
 * alone. */
#ifndef PJWT_JOSE_KEYSET_FILE_H
#define PJWT_JOSE_KEYSET_FILE_H

#include "lib/base/file.h"
#include "lib/base/verdict.h"

#include <stdbool.h>

/* Reasons: KEYS_UNREAD, KEYS_UNSAFE, KEYS_BAD (too large), NO_MEMORY. */
pjwt_verdict pjwt_keyset_file_verdict(enum pjwt_file outcome) PJWT_MUST_USE;

/* A token without a kid means the only key that is usable. A key that could not be built, for
 * want of memory or for what a library calls malformed alike, may be usable: then there is no
 * only one. Any other refusal is of what the key says of itself. */
static inline bool
pjwt_keyset_in_doubt(pjwt_verdict refusal)
{
    return refusal.reason == PJWT_KEY_BAD || refusal.reason == PJWT_KEYS_BAD ||
           refusal.reason == PJWT_NO_MEMORY || refusal.reason == PJWT_INTERNAL;
}

#endif
