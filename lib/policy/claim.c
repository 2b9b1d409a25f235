/* Does this claim have the form its name demands? */
#include "lib/policy/claim.h"

#include "lib/policy/pointer.h"

#include <string.h>

#define YEAR_9999 253402300799 /* its last second */

const json_t *
pjwt_claim_get(const json_t *claims, const char *name)
{
    return *name == '/' ? pjwt_pointer_get(claims, name) : json_object_get(claims, name);
}

pjwt_verdict
pjwt_claim_text(const json_t *value, const char *name, char *text, size_t size,
                struct pjwt_why *why)
{
    const char *bytes = json_string_value(value);
    size_t len = json_string_length(value);

    if (bytes == NULL || len == 0) {
        pjwt_why_set(why, "%s is %s", name, bytes == NULL ? "no string" : "empty");
        return PJWT_SAY(CLAIM_BAD);
    }
    if (len >= size || strlen(bytes) != len) {
        pjwt_why_set(why, "%s %s", name,
                     len >= size ? "is too long to be kept whole" : "holds a NUL");
        return PJWT_SAY(CLAIM_BAD);
    }
    memcpy(text, bytes, len + 1);
    return PJWT_SAY(OK);
}

/* RFC 7519 section 2 lets a NumericDate have a fraction; no issuer we know sends one, and no
 * two readers would round it alike. */
pjwt_verdict
pjwt_claim_time(const json_t *value, const char *name, int64_t *seconds, struct pjwt_why *why)
{
    if (!json_is_integer(value)) {
        pjwt_why_set(why, "%s is no integer", name);
        return PJWT_SAY(CLAIM_BAD);
    }
    if (json_integer_value(value) < 0 || json_integer_value(value) > YEAR_9999) {
        pjwt_why_set(why, "%s is %lld: outside the years 1970 to 9999", name,
                     (long long)json_integer_value(value));
        return PJWT_SAY(CLAIM_BAD);
    }
    *seconds = (int64_t)json_integer_value(value);
    return PJWT_SAY(OK);
}
