/* Is this a key on a curve that ECDH-ES may use? RFC 7518 section 6.2, RFC 8037 section 2. */
#ifndef PJWT_JOSE_JWE_CURVE_H
#define PJWT_JOSE_JWE_CURVE_H

#include "lib/base/json.h"
#include "lib/base/why.h"
#include "lib/jose/evp.h"

#define PJWT_SHARED_MAX 48 /* bytes of an agreed secret: P-384 */

struct pjwt_curve {
    const char *kty;
    const char *crv;
    const char *type;  /* OpenSSL's name of the key type */
    const char *group; /* OpenSSL's name of the curve; NULL: the type says it */
    size_t bytes;      /* of a coordinate, a private key and the agreed secret */
};

/* `*pkey` is owned by the caller. A point off the curve, another kty or crv, or a private part
 * that is not the public part's: KEY_BAD. Other reasons: INTERNAL, NO_MEMORY. */
pjwt_verdict pjwt_curve_public(const struct pjwt_curve *c, const json_t *jwk, EVP_PKEY **pkey,
                               struct pjwt_why *why) PJWT_MUST_USE;
pjwt_verdict pjwt_curve_private(const struct pjwt_curve *c, const json_t *jwk, EVP_PKEY **pkey,
                                struct pjwt_why *why) PJWT_MUST_USE;

/* A new pair; owned by the caller, NULL when it fails. */
EVP_PKEY *pjwt_curve_generate(const struct pjwt_curve *c);

/* Adds x, y where there is one, and d when `secret`. */
bool pjwt_curve_to_jwk(const struct pjwt_curve *c, const EVP_PKEY *pkey, bool secret,
                       json_t *jwk);

#endif
