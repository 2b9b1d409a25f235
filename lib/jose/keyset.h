/* Which key of this issuer does the token mean? RFC 7517 section 5; RFC 8725 section 3.10: a
 * kid is a name to look up, never an instruction. */
#ifndef PJWT_JOSE_KEYSET_H
#define PJWT_JOSE_KEYSET_H

#include "lib/base/report.h"
#include "lib/jose/alg.h"
#include "lib/jose/jws.h"
#include "lib/jose/key.h"

#define PJWT_KEYSET_BYTES 2097152 /* the largest key set file that is read */

/*
 * Selects from the JWKS file `path` (absolute, borrowed) the key whose kid is that of `jws` —
 * or, when the token has none, the only key that is usable under `allowed` — and builds that
 * key alone. Without a kid a neighbour that is malformed or cannot be built leaves a doubt, and
 * then no key is the only one (KID_MISSING). Its kid must be single in the file. `*key` is
 * owned by the caller. Where `allowed` is symmetric the file must be secret, and hold shared
 * secrets and nothing else.
 *
 * Reasons: KEYS_UNREAD, KEYS_UNSAFE, KEYS_BAD, KID_UNKNOWN, KID_MISSING, KID_DUPLICATE, those
 * of pjwt_key_from_jwk(), NO_MEMORY.
 */
pjwt_verdict pjwt_keyset_select(const char *path, pjwt_algs allowed, const struct pjwt_jws *jws,
                                struct pjwt_key **key,
                                struct pjwt_report *report) PJWT_MUST_USE;

/* For the commands: the whole set as an object with the array `keys`, owned by the caller. A
 * file that does not exist is an empty set when `secret` or public alike. Reasons: KEYS_UNREAD,
 * KEYS_UNSAFE, KEYS_BAD, NO_MEMORY. */
pjwt_verdict pjwt_keyset_load(const char *path, bool secret, json_t **set,
                              struct pjwt_why *why) PJWT_MUST_USE;

/* Writes it back, whole or not at all: mode 0644, or 0600 and wiped buffers for a secret set.
 * Reasons: KEYS_UNREAD, KEYS_UNSAFE, NO_MEMORY. */
pjwt_verdict pjwt_keyset_store(const char *path, bool secret, const json_t *set,
                               struct pjwt_why *why) PJWT_MUST_USE;

/*
 * Refuses a set (an object with the array `keys`) that must not be installed: a weak,
 * malformed, private or symmetric key, or a kid twice; `why` names the place ("key 3 (kid x):
 * …"). A key with another use or of an unsupported kind is skipped, as IdPs publish such.
 *
 * Reasons: KEYS_BAD, KEY_BAD, KEY_WEAK, KEY_PRIVATE, KID_DUPLICATE.
 */
pjwt_verdict pjwt_keyset_vet(const json_t *set, struct pjwt_why *why) PJWT_MUST_USE;

/* The same for a set of shared secrets: nothing else may lie there (KEY_MIXED). */
pjwt_verdict pjwt_keyset_vet_hmac(const json_t *set, struct pjwt_why *why) PJWT_MUST_USE;

/* The key of that kid in a loaded set: borrowed, NULL when there is none. `*index` (may be
 * NULL) is its place. */
json_t *pjwt_keyset_find(const json_t *set, const char *kid, size_t *index);

#endif
