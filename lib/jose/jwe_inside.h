/* What is inside a parsed JWE? For the parser and the decryption alone. */
#ifndef PJWT_JOSE_JWE_INSIDE_H
#define PJWT_JOSE_JWE_INSIDE_H

#include "lib/base/json.h"
#include "lib/base/secret.h"
#include "lib/base/why.h"
#include "lib/jose/jwe.h"
#include "lib/jose/jwe_alg.h"
#include "lib/jose/jwe_content.h"

#define PJWT_PARTY_MAX 256 /* bytes of apu or apv, decoded */

/* The header parameters that we act on; borrowed from the header, NULL when absent. */
struct pjwt_jwe_header {
    enum pjwt_jwe_alg alg;
    const struct pjwt_content *content; /* enc */
    const char *kid;
};

struct pjwt_jwe {
    struct pjwt_octets aad; /* borrowed: the header's text */
    json_t *header;
    struct pjwt_jwe_header params;
    struct pjwt_secret *wrapped; /* the JWE Encrypted Key; may be empty */
    struct pjwt_secret *iv;
    struct pjwt_secret *text;
    struct pjwt_secret *tag;
};

/* May this protected header (borrowed) stand? `*params` is written on OK alone. Reasons:
 * HEADER, HEADER_KEY, HEADER_CRIT, ALG_UNKNOWN. */
pjwt_verdict pjwt_jwe_header_check(const json_t *header, struct pjwt_jwe_header *params,
                                   struct pjwt_why *why) PJWT_MUST_USE;

#endif
