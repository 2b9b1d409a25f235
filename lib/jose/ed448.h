/* Are these bytes fit for Ed448? RFC 8032 section 5.2, and what it leaves to the verifier. */
#ifndef PJWT_JOSE_ED448_H
#define PJWT_JOSE_ED448_H

#include "lib/base/verdict.h"

#include <stddef.h>

#define PJWT_ED448_BYTES     57 /* a public or a private key, or half a signature */
#define PJWT_ED448_SIGNATURE 114

/* A public key (borrowed): a point on the curve in its one encoding, of no small order.
 * Reasons: KEY_BAD, KEY_WEAK, NO_MEMORY. */
pjwt_verdict pjwt_ed448_public_check(const unsigned char key[PJWT_ED448_BYTES]) PJWT_MUST_USE;

/* A signature (borrowed): R in the one encoding of its y, and S < L. */
bool
pjwt_ed448_signature_valid(const unsigned char signature[PJWT_ED448_SIGNATURE]) PJWT_MUST_USE;

#endif
