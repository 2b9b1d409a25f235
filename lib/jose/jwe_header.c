/* May this protected header of an encrypted token stand? RFC 7516 section 4, RFC 7518 section
 * 4.6.1, RFC 8725 section 3. */
#include "lib/base/base64url.h"
#include "lib/jose/header.h"
#include "lib/jose/jwe_inside.h"

#include <string.h>
#include <strings.h>

/* RFC 7519 section 5.2: "in the case that nested signing or encryption is employed, this Header
 * Parameter MUST be present; in this case, the value MUST be "JWT"". Issuers leave it out, and
 * what is inside must be a signed token in any case. */
static pjwt_verdict
check_cty(const json_t *header, struct pjwt_why *why)
{
    const char *cty = NULL;

    PJWT_TRY(pjwt_header_string(header, "cty", PJWT_HEADER_TYP_MAX, &cty, why));
    if (cty != NULL && strcasecmp(cty, "JWT") != 0 && strcasecmp(cty, "application/jwt") != 0) {
        pjwt_why_set(why, "cty %.32s", cty);
        return PJWT_SAY(HEADER);
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
known_names(const json_t *header, struct pjwt_jwe_header *seen, struct pjwt_why *why)
{
    const char *alg = NULL;
    const char *enc = NULL;

    PJWT_TRY(pjwt_header_string(header, "alg", PJWT_HEADER_TYP_MAX, &alg, why));
    PJWT_TRY(pjwt_header_string(header, "enc", PJWT_HEADER_TYP_MAX, &enc, why));
    pjwt_why_set(why, "alg %.32s, enc %.32s", alg == NULL ? "absent" : alg,
                 enc == NULL ? "absent" : enc);
    seen->alg = alg == NULL ? PJWT_JWE_NONE_KNOWN : pjwt_jwe_alg_from_name(alg);
    seen->content = enc == NULL ? NULL : pjwt_content_find(enc);
    return seen->alg != PJWT_JWE_NONE_KNOWN && seen->content != NULL ? PJWT_SAY(OK)
                                                                     : PJWT_SAY(ALG_UNKNOWN);
}

/* RFC 7518 sections 4.6.1.2 and 4.6.1.3: base64url; the bound is ours. */
static pjwt_verdict
check_party(const json_t *header, const char *name, struct pjwt_why *why)
{
    unsigned char bytes[PJWT_PARTY_MAX];
    const char *text = NULL;
    size_t len = 0;

    PJWT_TRY(pjwt_header_string(header, name, PJWT_BASE64URL_ROOM(sizeof(bytes)), &text, why));
    if (text != NULL && !pjwt_ok(pjwt_base64url_decode(text, strlen(text), bytes, &len))) {
        pjwt_why_set(why, "header parameter %s is not canonical base64url", name);
        return PJWT_SAY(HEADER);
    }
    return PJWT_SAY(OK);
}

/* RFC 7518 section 4.6.1.1: "It MUST contain only public key parameters" and "This Header
 * Parameter MUST be present". Whether it is a point on the key's curve is found out where the
 * key is. */
static pjwt_verdict
check_epk(const json_t *header, struct pjwt_why *why)
{
    const json_t *epk = json_object_get(header, "epk");

    if (!json_is_object(epk) || json_object_get(epk, "d") != NULL ||
        json_object_get(epk, "k") != NULL || json_object_get(epk, "priv") != NULL) {
        pjwt_why_set(why, "epk is no public key");
        return PJWT_SAY(HEADER);
    }
    PJWT_TRY(check_party(header, "apu", why));
    return check_party(header, "apv", why);
}

static pjwt_verdict
check_agreement(const json_t *header, enum pjwt_jwe_alg alg, struct pjwt_why *why)
{
    static const char *const names[] = {"epk", "apu", "apv"};

    if ((PJWT_JWE_BIT(alg) & PJWT_JWE_ECDH) != 0) {
        return check_epk(header, why);
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (json_object_get(header, names[i]) != NULL) {
            pjwt_why_set(why, "header parameter %s without ECDH-ES", names[i]);
            return PJWT_SAY(HEADER);
        }
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_jwe_header_check(const json_t *header, struct pjwt_jwe_header *params,
                      struct pjwt_why *why)
{
    struct pjwt_jwe_header seen = {PJWT_JWE_NONE_KNOWN, NULL, NULL};
    const char *typ = NULL;

    PJWT_TRY(pjwt_header_check(header, why));
    PJWT_TRY(pjwt_header_string(header, "typ", PJWT_HEADER_TYP_MAX, &typ, why));
    PJWT_TRY(pjwt_header_string(header, "kid", PJWT_HEADER_KID_MAX, &seen.kid, why));
    PJWT_TRY(known_names(header, &seen, why));
    PJWT_TRY(check_cty(header, why));
    PJWT_TRY(check_agreement(header, seen.alg, why));
    *params = seen;
    return PJWT_SAY(OK);
}
