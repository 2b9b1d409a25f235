/* What does this compact JWS say, before anything is proved? RFC 7515 section 7.1, RFC 8725. */
#ifndef PJWT_JOSE_JWS_H
#define PJWT_JOSE_JWS_H

#include "lib/base/own.h"
#include "lib/base/report.h"
#include "lib/base/secret.h"
#include "lib/jose/alg.h"

struct pjwt_jws;
struct pjwt_key;
struct pjwt_verified;

/*
 * Parses `typed` (borrowed, and it must outlive `*jws`): three canonical base64url segments,
 * header and payload strict JSON objects, header parameters by the rules of RFC 7515 section 4
 * and RFC 8725: jwk, jku, x5u and x5c refused (never followed), crit, b64, zip and any cty
 * refused. `*jws` is owned by the caller. The report receives kid and jti, still unverified.
 *
 * Reasons: MALFORMED, BASE64URL, JSON, HEADER, HEADER_KEY, HEADER_CRIT, ALG_UNKNOWN,
 * NO_MEMORY.
 */
pjwt_verdict pjwt_jws_parse(const struct pjwt_secret *typed, struct pjwt_jws **jws,
                            struct pjwt_report *report) PJWT_MUST_USE;

/* Borrowed from the jws; unverified, good for looking things up and nothing else. NULL when
 * absent (pjwt_jws_claimed_iss: also when it is no string). */
const char *pjwt_jws_claimed_iss(const struct pjwt_jws *jws);
const char *pjwt_jws_kid(const struct pjwt_jws *jws);
const char *pjwt_jws_alg(const struct pjwt_jws *jws); /* one that we know, never NULL */
pjwt_algs pjwt_jws_algs(const struct pjwt_jws *jws);  /* all that it can mean */

/*
 * Checks the signature with `key`, whose algorithm the header may only agree with (RFC 8725
 * section 3.1). The one place that makes a pjwt_verified; `*proof` is owned by the caller and
 * independent of `jws`.
 *
 * Reasons: ALG_MISMATCH, SIGNATURE, INTERNAL, NO_MEMORY.
 */
pjwt_verdict pjwt_jws_verify(const struct pjwt_jws *jws, const struct pjwt_key *key,
                             struct pjwt_verified **proof,
                             struct pjwt_report *report) PJWT_MUST_USE;

void pjwt_jws_free(struct pjwt_jws *jws);
PJWT_DEFINE_DROP(jws, struct pjwt_jws, pjwt_jws_free)

#endif
