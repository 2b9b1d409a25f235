#include "lib/jose/header.h"

#include <string.h>

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
     * understood and supported by the recipient, then the JWS is invalid." RFC 7516 section
     * 4.1.13 says the same of a JWE. We know none. */
    {"crit", {PJWT_HEADER_CRIT}},
    {"b64", {PJWT_HEADER}}, /* RFC 7797 section 6: needs crit */
    /* RFC 8725 section 3.6: "Compression of data SHOULD NOT be done before encryption". */
    {"zip", {PJWT_HEADER}},
};

static pjwt_verdict
refuse_named(const json_t *header, const char *name, pjwt_verdict refusal, struct pjwt_why *why)
{
    if (json_object_get(header, name) == NULL) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(why, "header parameter %s", name);
    return refusal;
}

pjwt_verdict
pjwt_header_check(const json_t *header, struct pjwt_why *why)
{
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        PJWT_TRY(refuse_named(header, refused[i].name, refused[i].refusal, why));
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_header_absent(const json_t *header, const char *name, struct pjwt_why *why)
{
    return refuse_named(header, name, PJWT_SAY(HEADER), why);
}

pjwt_verdict
pjwt_header_string(const json_t *header, const char *name, size_t max, const char **value,
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
