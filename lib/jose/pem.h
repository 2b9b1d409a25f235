/* Which public key is this PEM? For the commands: a login reads no PEM. RFC 7468 section 13. */
#ifndef PJWT_JOSE_PEM_H
#define PJWT_JOSE_PEM_H

#include "lib/base/json.h"
#include "lib/base/why.h"

#include <stdbool.h>

#define PJWT_PEM_MAX 16384 /* bytes: RSA with 8192 bits has 1600 */

/* Does a PEM block start somewhere in `text` (borrowed, NUL-terminated)? */
bool pjwt_pem_looks_like(const char *text);

/*
 * Turns the one block of `text` (`len` bytes, borrowed, NUL-terminated), which must be a
 * SubjectPublicKeyInfo, into a JWK: kty and its parameters, and alg where its type and curve
 * imply one. `*jwk` is owned by the caller; it is not vetted yet. On a refusal `*hint` (static)
 * names the command that makes such a block out of what was given, or is NULL.
 *
 * Reasons: KEY_BAD (no block, text around it, several, malformed), KEY_PRIVATE, KEY_UNUSABLE (a
 * certificate, PKCS #1, or a kind of key that we do not verify with), NO_MEMORY, INTERNAL.
 */
pjwt_verdict pjwt_pem_to_jwk(const char *text, size_t len, json_t **jwk, const char **hint,
                             struct pjwt_why *why) PJWT_MUST_USE;

#endif
