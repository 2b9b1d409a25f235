/* Are these bytes fit for Ed25519? RFC 8032 section 5.1, and what it leaves to the verifier. */
#ifndef PJWT_JOSE_ED25519_H
#define PJWT_JOSE_ED25519_H

#include "lib/base/verdict.h"

#include <stddef.h>

#define PJWT_ED25519_BYTES     32 /* a public or a private key, or half a signature */
#define PJWT_ED25519_SIGNATURE 64

/* A public key (borrowed): a point on the curve in its one encoding, of no small order.
 * Reasons: KEY_BAD, KEY_WEAK, NO_MEMORY. */
pjwt_verdict
pjwt_ed25519_public_check(const unsigned char key[PJWT_ED25519_BYTES]) PJWT_MUST_USE;

/* The second half of a signature (borrowed): S < L. */
bool pjwt_ed25519_scalar_valid(const unsigned char s[PJWT_ED25519_BYTES]) PJWT_MUST_USE;

#endif
