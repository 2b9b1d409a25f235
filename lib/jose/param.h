/* Which bytes does a JWK's parameter hold? RFC 7518 sections 2 and 6: base64url, of one length
 * or, for numbers, of the shortest. */
#ifndef PJWT_JOSE_PARAM_H
#define PJWT_JOSE_PARAM_H

#include "lib/base/json.h"
#include "lib/base/why.h"
#include "lib/jose/evp.h"

#define PJWT_PARAM_MAX 1024 /* bytes: a number of 8192 bits */

/* Exactly `len` bytes (at most PJWT_PARAM_MAX) into `out`. Reasons: KEY_BAD. */
pjwt_verdict pjwt_param_fixed(const json_t *jwk, const char *name, unsigned char *out,
                              size_t len, struct pjwt_why *why) PJWT_MUST_USE;

/* At most `max` bytes (at most PJWT_PARAM_MAX) into `out`, and how many. Reasons: KEY_BAD. */
pjwt_verdict pjwt_param_bytes(const json_t *jwk, const char *name, unsigned char *out,
                              size_t max, size_t *len, struct pjwt_why *why) PJWT_MUST_USE;

/* A positive number of at most PJWT_PARAM_MAX bytes, without leading zero octets; `*number` is
 * owned by the caller and wiped on drop. Reasons: KEY_BAD, NO_MEMORY. */
pjwt_verdict pjwt_param_number(const json_t *jwk, const char *name, BIGNUM **number,
                               struct pjwt_why *why) PJWT_MUST_USE;

/* Adds `len` bytes (at most PJWT_PARAM_MAX, borrowed) to `jwk`; false without memory. */
bool pjwt_param_put(json_t *jwk, const char *name, const unsigned char *bytes, size_t len);

/* The same for the number `param` of an EVP key: `len` bytes, or the shortest form when 0. */
bool pjwt_param_put_number(json_t *jwk, const char *name, const EVP_PKEY *pkey,
                           const char *param, size_t len);

#endif
