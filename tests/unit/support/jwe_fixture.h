/* Keys and tokens of encryption for tests. */
#ifndef PJWT_TEST_JWE_FIXTURE_H
#define PJWT_TEST_JWE_FIXTURE_H

#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/jwe.h"
#include "lib/jose/jwe_key.h"

/* A new private JWK of that alg and curve (NULL: the default), kid "k"; owned by the caller. */
json_t *fixture_jwe_jwk(const char *alg, const char *crv);

/* The key that a JWK describes, for opening; owned by the caller. */
struct pjwt_jwe_key *fixture_opener(const json_t *jwk);

/* A token for `jwk`, of that enc (NULL: the default), with `text` inside; `more` (JSON with ',
 * or NULL) stands in its header. Owned by the caller. */
struct pjwt_secret *fixture_encrypt(const json_t *jwk, const char *enc, const char *more,
                                    const char *text);

/* Parses and decrypts: the verdict of the first step that refuses. `*text` (owned by the
 * caller) is what was inside. */
pjwt_verdict fixture_decrypt(const struct pjwt_secret *token, const struct pjwt_jwe_key *key,
                             struct pjwt_secret **text);

/* The same, when the text does not matter. */
pjwt_verdict fixture_opens(const struct pjwt_secret *token, const struct pjwt_jwe_key *key);

/* Where the segment starts (0 to 4), and how long it is. */
size_t fixture_segment(const struct pjwt_secret *token, size_t which, size_t *len);

/* The token with another segment in the place of that one; owned by the caller. */
struct pjwt_secret *fixture_with_segment(const struct pjwt_secret *token, size_t which,
                                         const void *bytes, size_t len);

/* The bytes of a segment; `out` has room for 4096. */
size_t fixture_segment_bytes(const struct pjwt_secret *token, size_t which, unsigned char *out);

#endif
