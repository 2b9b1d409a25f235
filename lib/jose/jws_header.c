/* May this protected header stand? RFC 7515 section 4, RFC 8725 section 3. */
#include "lib/jose/jws_inside.h"

#include "lib/jose/header.h"

#include <string.h>

/* What belongs to encryption or nesting. */
static const char *const not_here[] = {"cty", "enc", "epk"};

/* RFC 7518 section 3.6: "Implementations MUST NOT accept Unsecured JWSs by default." Here none
 * is no algorithm at all. */
static pjwt_verdict
known_alg(const json_t *header, struct pjwt_jws_header *params, struct pjwt_why *why)
{
    const char *name = NULL;

    if (!pjwt_json_string(header, "alg", &name)) {
        pjwt_why_set(why, "header parameter alg is no string");
        return PJWT_SAY(HEADER);
    }
    if (name == NULL) {
        pjwt_why_set(why, "no alg in the header");
        return PJWT_SAY(ALG_UNKNOWN);
    }
    params->alg = name;
    params->algs = pjwt_algs_from_name(name, strlen(name));
    if (params->algs == 0) {
        pjwt_why_set(why, "alg %.32s", name);
        return PJWT_SAY(ALG_UNKNOWN);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_jws_header_check(const json_t *header, struct pjwt_jws_header *params,
                      struct pjwt_why *why)
{
    struct pjwt_jws_header seen = {0};

    PJWT_TRY(pjwt_header_check(header, why));
    for (size_t i = 0; i < sizeof(not_here) / sizeof(not_here[0]); i++) {
        PJWT_TRY(pjwt_header_absent(header, not_here[i], why));
    }
    PJWT_TRY(pjwt_header_string(header, "typ", PJWT_HEADER_TYP_MAX, &seen.typ, why));
    PJWT_TRY(pjwt_header_string(header, "kid", PJWT_HEADER_KID_MAX, &seen.kid, why));
    PJWT_TRY(known_alg(header, &seen, why));
    *params = seen;
    return PJWT_SAY(OK);
}
