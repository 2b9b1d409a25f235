/* What is inside a parsed JWS? For the parser and the signature check alone. */
#ifndef PJWT_JOSE_JWS_INSIDE_H
#define PJWT_JOSE_JWS_INSIDE_H

#include "lib/base/json.h"
#include "lib/base/secret.h"
#include "lib/jose/jws.h"
#include "lib/jose/octets.h"

/* The header parameters that we act on; strings borrowed from the header, NULL when absent. */
struct pjwt_jws_header {
    pjwt_algs algs;  /* all that alg can mean */
    const char *alg; /* its name */
    const char *kid;
    const char *typ;
};

struct pjwt_jws {
    struct pjwt_octets input;      /* borrowed: the header's and payload's text, dot included */
    struct pjwt_secret *signature; /* decoded */
    json_t *header;
    json_t *payload;
    struct pjwt_jws_header params;
};

/* May this protected header (borrowed) stand? `*params` is written on OK alone. Reasons:
 * HEADER, HEADER_KEY, HEADER_CRIT, ALG_UNKNOWN. */
pjwt_verdict pjwt_jws_header_check(const json_t *header, struct pjwt_jws_header *params,
                                   struct pjwt_why *why) PJWT_MUST_USE;

#endif
