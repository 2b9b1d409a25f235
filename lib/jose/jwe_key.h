/* Is this JWK a key that tokens can be encrypted for? Built from its parameters. RFC 7517,
 * RFC 7518 section 6, RFC 8037 section 2. */
#ifndef PJWT_JOSE_JWE_KEY_H
#define PJWT_JOSE_JWE_KEY_H

#include "lib/base/json.h"
#include "lib/base/own.h"
#include "lib/base/why.h"
#include "lib/jose/jwe_alg.h"
#include "lib/jose/jwk_secret.h"

struct pjwt_jwe_key;

/* Opening takes the private half, sealing the public one; a symmetric key does both. */
enum pjwt_jwe_purpose { PJWT_JWE_OPENS, PJWT_JWE_SEALS };

/*
 * The key that the object `jwk` (borrowed) describes; `*key` is owned by the caller. Its own
 * `alg` fixes the algorithm; without one it is RSA-OAEP-256 for an RSA key, and no other kind
 * may go without. A symmetric key whose `alg` is an enc is used directly (`dir`), with that enc
 * alone.
 *
 * Reasons: KEY_BAD, KEY_WEAK, KEY_UNUSABLE (another use, other key_ops, a kty, crv or alg that
 * does not decrypt here), ALG_UNPINNED, NO_MEMORY, INTERNAL. `why` names the member at fault.
 */
pjwt_verdict pjwt_jwe_key_from_jwk(const json_t *jwk, enum pjwt_jwe_purpose purpose,
                                   struct pjwt_jwe_key **key,
                                   struct pjwt_why *why) PJWT_MUST_USE;

enum pjwt_jwe_alg pjwt_jwe_key_alg(const struct pjwt_jwe_key *key);
const char *pjwt_jwe_key_kid(const struct pjwt_jwe_key *key); /* borrowed; NULL: it has none */

/* The enc that a key of `dir` is for; NULL: any. Static. */
const char *pjwt_jwe_key_enc(const struct pjwt_jwe_key *key);

/*
 * Makes a new key for `alg` (borrowed): a JOSE alg, or the name of an enc for a key of `dir`;
 * `dir` alone is A256GCM. `crv` is P-256 (also when NULL), P-384 or X25519, for ECDH-ES alone.
 * `*jwk` is the private JWK with kid, alg and use=enc, owned by the caller. A NULL `kid`
 * becomes the RFC 7638 thumbprint, or random for a symmetric key, whose thumbprint tells about
 * it.
 *
 * Reasons: ALG_UNKNOWN (also an unfit crv), INTERNAL, NO_MEMORY.
 */
pjwt_verdict pjwt_jwe_key_generate(const char *alg, const char *crv, const char *kid,
                                   json_t **jwk) PJWT_MUST_USE;

/* Does pjwt_jwe_key_generate() know that alg? */
bool pjwt_jwe_key_alg_known(const char *alg);

/* The public half of a private JWK (borrowed), for those who encrypt; owned by the caller. NULL
 * for a symmetric key, which has none, and without memory. */
json_t *pjwt_jwe_key_public(const json_t *jwk);

/* RFC 7638 with SHA-256: 43 characters and a NUL. Reasons: KEY_BAD (also a symmetric key),
 * INTERNAL. */
pjwt_verdict pjwt_jwe_key_thumbprint(const json_t *jwk, char out[44]) PJWT_MUST_USE;

void pjwt_jwe_key_free(struct pjwt_jwe_key *key);
PJWT_DEFINE_DROP(jwe_key, struct pjwt_jwe_key, pjwt_jwe_key_free)

#endif
