/* How is a token made? The issuing side, for `token mint` and for tests. RFC 7515 section 5.1.
 */
#ifndef PJWT_JOSE_SIGN_H
#define PJWT_JOSE_SIGN_H

#include "lib/base/json.h"
#include "lib/base/secret.h"
#include "lib/jose/key.h"

/*
 * Signs `payload` under `header` (both borrowed objects; alg and kid must stand in the header
 * already) with the private `key`. `*token`, a compact JWS, is owned by the caller.
 *
 * Reasons: TOO_LONG (over 16 KiB), INTERNAL, NO_MEMORY.
 */
pjwt_verdict pjwt_jws_sign(const struct pjwt_key *key, const json_t *header,
                           const json_t *payload, struct pjwt_secret **token) PJWT_MUST_USE;

#endif
