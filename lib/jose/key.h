/* Is this JWK a key that can prove something? Built from its parameters, no PEM or DER on the
 * way. RFC 7517, RFC 7518 section 6, RFC 8037, and the key rules of RFC 8725 section 3.5. */
#ifndef PJWT_JOSE_KEY_H
#define PJWT_JOSE_KEY_H

#include "lib/base/json.h"
#include "lib/base/own.h"
#include "lib/base/secret.h"
#include "lib/base/why.h"
#include "lib/jose/alg.h"

struct pjwt_key;

/*
 * The verification key that the object `jwk` (borrowed) describes; `*key` is owned by the
 * caller. `allowed` is what the issuer's config lists: it pins the algorithm of a key that
 * names none and fits several, and where it lists HMAC alone (pjwt_algs_symmetric()) the key
 * must be a shared secret, else it must be none. `why` names the member at fault.
 *
 * Reasons: KEY_BAD, KEY_WEAK, KEY_PRIVATE (private parameters, or kty oct), KEY_MIXED (no kty
 * oct where shared secrets belong), KEY_UNUSABLE
 * (another use, key_ops without verify, a kty, crv or alg we do not verify), ALG_REFUSED (its
 * algorithm is not in `allowed`), ALG_UNPINNED, NO_MEMORY, INTERNAL.
 */
pjwt_verdict pjwt_key_from_jwk(const json_t *jwk, pjwt_algs allowed, struct pjwt_key **key,
                               struct pjwt_why *why) PJWT_MUST_USE;

/* The signing key that a private `jwk` describes, for `token mint`. Reasons as above, and
 * KEY_BAD when the private part is absent or is not the public part's. */
pjwt_verdict pjwt_key_from_private_jwk(const json_t *jwk, struct pjwt_key **key,
                                       struct pjwt_why *why) PJWT_MUST_USE;

/*
 * Makes a new key pair: `*public_jwk` and `*private_jwk` (both owned by the caller; the private
 * one holds secrets: dump it into a wiped buffer) carry kty, its parameters, kid, alg, use=sig.
 * A NULL `kid` becomes the RFC 7638 thumbprint. RSA keys have 3072 bits. Of a symmetric key,
 * whose 64 bytes stand in the private JWK alone, it becomes 128 random bits.
 *
 * Reasons: ALG_UNKNOWN, INTERNAL, NO_MEMORY.
 */
pjwt_verdict pjwt_key_generate(enum pjwt_alg alg, const char *kid, json_t **public_jwk,
                               json_t **private_jwk) PJWT_MUST_USE;

/* RFC 7638 with SHA-256: 43 base64url characters and a NUL into `out`. A symmetric key has
 * none. Reasons: KEY_BAD, INTERNAL. */
#define PJWT_THUMBPRINT_SIZE 44
pjwt_verdict pjwt_key_thumbprint(const json_t *jwk,
                                 char out[PJWT_THUMBPRINT_SIZE]) PJWT_MUST_USE;

/* Is its kty that of a shared secret? */
bool pjwt_key_is_symmetric(const json_t *jwk);

enum pjwt_alg pjwt_key_alg(const struct pjwt_key *key);
const char *pjwt_key_kid(const struct pjwt_key *key); /* borrowed; NULL when it has none */

void pjwt_key_free(struct pjwt_key *key);
PJWT_DEFINE_DROP(key, struct pjwt_key, pjwt_key_free)

#endif
