/* Which of our keys does an encrypted token mean? Looked up over the decryption sets of all
 * issuers that could have made it: who made it is written inside. */
#ifndef PJWT_JOSE_JWE_KEYSET_H
#define PJWT_JOSE_JWE_KEYSET_H

#include "lib/base/report.h"
#include "lib/jose/jwe.h"
#include "lib/jose/jwe_key.h"

/*
 * Selects from the JWKS files `path` (`count` of them, distinct, absolute, borrowed) the key
 * whose kid is that of `jwe` - or, when the token has none, the only key that is usable - and
 * builds that key. Without a kid a neighbour that is malformed or cannot be built leaves a
 * doubt, and then no key is the only one (KID_MISSING). A kid must be single over all the sets.
 * `*key` is owned by the caller;
 * `*which` is the set that holds it.
 *
 * Reasons: KEYS_UNREAD, KEYS_UNSAFE, KEYS_BAD, KID_UNKNOWN, KID_MISSING, KID_DUPLICATE, those
 * of pjwt_jwe_key_from_jwk(), NO_MEMORY.
 */
pjwt_verdict pjwt_jwe_keyset_select(const char *const *path, size_t count,
                                    const struct pjwt_jwe *jwe, struct pjwt_jwe_key **key,
                                    size_t *which, struct pjwt_report *report) PJWT_MUST_USE;

#endif
