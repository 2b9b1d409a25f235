/* May this protected header stand? RFC 7515 section 4, RFC 8725 section 3. */
#include "lib/jose/jws_inside.h"

#include <string.h>

#define KID_MAX 256 /* bytes; what a grant and the store have room for */
#define TYP_MAX 64  /* bytes; the longest media type in use is far shorter */

/* Parameters that refuse a token by being there, whatever their value. */
static const struct {
    const char *name;
    pjwt_verdict refusal;
} refused[] = {
    /* A key, or the address of one, chosen by whoever made the token. RFC 8725 section 3.10:
     * "blindly following a "jku" (JWK set URL) or "x5u" (X.509 URL) header, which may contain
     * an arbitrary URL, could result in server-side request forgery (SSRF) attacks." */
    {"jwk", {PJWT_HEADER_KEY}},
    {"jku", {PJWT_HEADER_KEY}},
    {"x5u", {PJWT_HEADER_KEY}},
    {"x5c", {PJWT_HEADER_KEY}},
    /* RFC 7515 section 4.1.11: "If any of the listed extension Header Parameters are not
     * understood and supported by the recipient, then the JWS is invalid." We know none. */
    {"crit", {PJWT_HEADER_CRIT}},
    {"b64", {PJWT_HEADER}}, /* RFC 7797 section 6: needs crit */
    {"zip", {PJWT_HEADER}}, /* the rest belongs to encryption or nesting */
    {"cty", {PJWT_HEADER}},
    {"enc", {PJWT_HEADER}},
    {"epk", {PJWT_HEADER}},
};

static pjwt_verdict
refuse_by_name(const json_t *header, struct pjwt_why *why)
{
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        if (json_object_get(header, refused[i].name) != NULL) {
            pjwt_why_set(why, "header parameter %s", refused[i].name);
            return refused[i].refusal;
        }
    }
    return PJWT_SAY(OK);
}

/* An optional string of 1 to `max` bytes. */
static pjwt_verdict
short_string(const json_t *header, const char *name, size_t max, const char **value,
             struct pjwt_why *why)
{
    if (!pjwt_json_string(header, name, value)) {
        pjwt_why_set(why, "header parameter %s is no string", name);
        return PJWT_SAY(HEADER);
    }
    if (*value != NULL && (**value == '\0' || strlen(*value) > max)) {
        pjwt_why_set(why, "header parameter %s is empty or longer than %zu bytes", name, max);
        return PJWT_SAY(HEADER);
    }
    return PJWT_SAY(OK);
}

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

    PJWT_TRY(refuse_by_name(header, why));
    PJWT_TRY(short_string(header, "typ", TYP_MAX, &seen.typ, why));
    PJWT_TRY(short_string(header, "kid", KID_MAX, &seen.kid, why));
    PJWT_TRY(known_alg(header, &seen, why));
    *params = seen;
    return PJWT_SAY(OK);
}
