/* How is a token encrypted? The issuing side, for `token mint` and for tests. RFC 7516 section
 * 5.1. */
#ifndef PJWT_JOSE_JWE_MAKE_H
#define PJWT_JOSE_JWE_MAKE_H

#include "lib/base/json.h"
#include "lib/base/secret.h"
#include "lib/jose/jwe_key.h"

/* The enc that `key` is for, or the one that suits when it leaves the choice; static. */
const char *pjwt_jwe_default_enc(const struct pjwt_jwe_key *key);

/*
 * Encrypts `inner` (borrowed) for `key`, under a header of alg, enc (borrowed; NULL: the
 * default), kid, cty=JWT and what the algorithm needs. Members of `more` (borrowed, may be
 * NULL) stand in the header too. `*token`, a compact JWE, is owned by the caller.
 *
 * Reasons: ALG_UNKNOWN (enc), ALG_MISMATCH (the key is for another enc), TOO_LONG (over 16
 * KiB), INTERNAL, NO_MEMORY.
 */
pjwt_verdict pjwt_jwe_make(const struct pjwt_jwe_key *key, const char *enc, const json_t *more,
                           const struct pjwt_secret *inner,
                           struct pjwt_secret **token) PJWT_MUST_USE;

#endif
