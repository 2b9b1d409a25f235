/* Keys and tokens for tests. The keys are the examples of RFC 8037 A.1, RFC 7515 A.3 and A.2,
 * so their private parts are no secret. */
#ifndef PJWT_TEST_JOSE_FIXTURE_H
#define PJWT_TEST_JOSE_FIXTURE_H

#include "tests/unit/support/scratch.h"

#include "lib/base/json.h"
#include "lib/base/report.h"
#include "lib/base/secret.h"
#include "lib/jose/jws.h"
#include "lib/jose/key.h"
#include "lib/jose/verified.h"

/* Private JWKs without kid and use, and without alg where the type fits only one. */
extern const char fixture_ed25519[];
extern const char fixture_p256[];
extern const char fixture_rsa[];
extern const char fixture_oct[]; /* RFC 7515 A.1: 64 bytes */

/* The members of their public halves, for sets of keys. */
#define FIXTURE_ED_PUBLIC \
    "'kty':'OKP','crv':'Ed25519','x':'11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'"
#define FIXTURE_P256_PUBLIC                                                       \
    "'kty':'EC','crv':'P-256','x':'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU'," \
    "'y':'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0'"
#define FIXTURE_RSA_PUBLIC                                           \
    "'kty':'RSA','e':'AQAB','n':'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_" \
    "wWJcyQoTbji9k0l8W26mPddxHmf"                                    \
    "HQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_"    \
    "YpRPEwOWvG6b32690r2jZ47soMZo9w"                                 \
    "Gzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-"        \
    "UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4u"                             \
    "DZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_"      \
    "h9iaGNj8q2ethFkMLs91kzk2PAcDTW9g"                               \
    "b54h4FRWyuXpoQ'"

#define FIXTURE_ANY (~0u) /* every algorithm is allowed */

/* A file of tests/vectors/; owned by the caller. The test fails when it cannot be read. */
json_t *fixture_vectors(const char *name);

/* JSON written with ' for "; owned by the caller. The test fails when it is none. */
json_t *fixture_json(const char *text);

/* The same text with " for '; static, until the next call. */
const char *fixture_quotes(const char *text);

/* A private JWK, or its public half, with the members of `more` (JSON with ', or NULL) added: a
 * member that is null there is removed. Owned by the caller. */
json_t *fixture_private(const char *jwk, const char *more);
json_t *fixture_public(const char *jwk, const char *more);

struct pjwt_key *fixture_signer(const char *jwk);
struct pjwt_key *fixture_verifier(const char *jwk, const char *more);

/* A token of header and payload (JSON with '), signed; owned by the caller. */
struct pjwt_secret *fixture_sign(const char *jwk, const char *header, const char *payload);

/* A token of any bytes, each segment encoded as it is. */
struct pjwt_secret *fixture_token(const void *header, size_t header_len, const void *payload,
                                  size_t payload_len, const void *signature,
                                  size_t signature_len);

/* Text as a credential. */
struct pjwt_secret *fixture_typed(const char *text);

/* Parses and verifies: the verdict of the first step that refuses. */
pjwt_verdict fixture_prove(const struct pjwt_secret *token, const struct pjwt_key *key);

#endif
