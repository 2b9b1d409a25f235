/* What does this compact JWE hide, for a key of ours? RFC 7516 sections 5.2 and 7.1. */
#ifndef PJWT_JOSE_JWE_H
#define PJWT_JOSE_JWE_H

#include "lib/base/own.h"
#include "lib/base/report.h"
#include "lib/base/secret.h"

struct pjwt_jwe;
struct pjwt_jwe_key;

/*
 * Parses `typed` (borrowed, and it must outlive `*jwe`): five canonical base64url segments, the
 * header a strict JSON object under the rules of RFC 7516 section 4 and RFC 8725: jwk, jku, x5u
 * and x5c refused (never followed), crit and zip refused, cty absent or JWT, an epk without
 * private members. `*jwe` is owned by the caller. The report receives the kid.
 *
 * Reasons: MALFORMED, BASE64URL, JSON, HEADER, HEADER_KEY, HEADER_CRIT, ALG_UNKNOWN,
 * NO_MEMORY.
 */
pjwt_verdict pjwt_jwe_parse(const struct pjwt_secret *typed, struct pjwt_jwe **jwe,
                            struct pjwt_report *report) PJWT_MUST_USE;

/* Borrowed from the jwe; NULL when absent. */
const char *pjwt_jwe_kid(const struct pjwt_jwe *jwe);

/*
 * Decrypts with `key`, whose algorithm the header may only agree with. `*inner` is owned by the
 * caller. Whatever is wrong with encrypted key, epk, initialization vector, ciphertext or tag
 * is one reason, found at one place: RFC 7516 section 11.5.
 *
 * Reasons: ALG_MISMATCH, DECRYPT, INTERNAL, NO_MEMORY.
 */
pjwt_verdict pjwt_jwe_decrypt(const struct pjwt_jwe *jwe, const struct pjwt_jwe_key *key,
                              struct pjwt_secret **inner,
                              struct pjwt_report *report) PJWT_MUST_USE;

void pjwt_jwe_free(struct pjwt_jwe *jwe);
PJWT_DEFINE_DROP(jwe, struct pjwt_jwe, pjwt_jwe_free)

#endif
