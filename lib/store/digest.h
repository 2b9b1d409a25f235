/* What may rest on the disk in the place of a secret? Its SHA-256, under the name of its use.
 */
#ifndef PJWT_STORE_DIGEST_H
#define PJWT_STORE_DIGEST_H

#include "lib/base/verdict.h"

#include <stddef.h>

#define PJWT_DIGEST_SIZE 32

/* SHA-256 over `domain` with its NUL, then `a`, then `b` (all borrowed; each of a fixed length
 * in its domain, so that no two inputs read the same). OpenSSL's error queue is left as found.
 * Reasons: INTERNAL. */
pjwt_verdict pjwt_digest(const char *domain, const char *a, size_t a_len, const char *b,
                         size_t b_len, unsigned char out[PJWT_DIGEST_SIZE]) PJWT_MUST_USE;

#endif
