/* Is this token meant for a login at this machine? */
#include "lib/policy/meant.h"

#include "lib/policy/listing.h"

#include <string.h>

#define NO_TYP "none" /* in the issuer's list: the header has no typ */

static int
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* ASCII alone, whatever the locale. True when `text` starts with `prefix`. */
static bool
starts(const char *text, const char *prefix)
{
    while (*prefix != '\0' && lower(*text) == lower(*prefix)) {
        text++;
        prefix++;
    }
    return *prefix == '\0';
}

/* RFC 7515 section 4.1.9: a recipient MUST treat a value without '/' as if "application/" stood
 * before it; so that prefix goes, where no other slash follows. */
static const char *
without_prefix(const char *type)
{
    static const char prefix[] = "application/";

    if (!starts(type, prefix) || strchr(type + strlen(prefix), '/') != NULL) {
        return type;
    }
    return type + strlen(prefix);
}

static bool
same_type(const char *a, const char *b)
{
    const char *x = without_prefix(a);
    const char *y = without_prefix(b);

    return strlen(x) == strlen(y) && starts(x, y);
}

static bool
type_listed(const char *typ, const struct pjwt_list *types)
{
    if (typ == NULL) {
        return pjwt_list_has(types, NO_TYP);
    }
    for (size_t i = 0; i < types->count; i++) {
        if (strcmp(types->item[i], NO_TYP) != 0 && same_type(typ, types->item[i])) {
            return true;
        }
    }
    return false;
}

pjwt_verdict
pjwt_meant_type(const char *typ, const struct pjwt_list *types, struct pjwt_why *why)
{
    bool listed = type_listed(typ, types);
    struct pjwt_listing expected = {0};

    pjwt_listing_add_list(&expected, types);
    pjwt_why_set(why, "typ is %.64s; type = %s%s", typ == NULL ? "absent" : typ, expected.text,
                 listed        ? ""
                 : typ == NULL ? " does not list none: set `type`"
                               : " does not list it: set `type`");
    return listed ? PJWT_SAY(OK) : PJWT_SAY(TYPE);
}

/* RFC 7519 section 4.1.3: compared as case-sensitive strings. */
static bool
audience_listed(const json_t *aud, const struct pjwt_list *audiences)
{
    return strlen(json_string_value(aud)) == json_string_length(aud) &&
           pjwt_list_has(audiences, json_string_value(aud));
}

static pjwt_verdict
bad_audience(struct pjwt_why *why)
{
    pjwt_why_set(why, "aud is neither a string nor an array of strings");
    return PJWT_SAY(CLAIM_BAD);
}

/* RFC 7519 section 4.1.3: a principal that does not find itself in aud MUST reject the token.
 */
pjwt_verdict
pjwt_meant_audience(const json_t *aud, const struct pjwt_list *audiences, struct pjwt_why *why)
{
    struct pjwt_listing seen = {0};
    struct pjwt_listing expected = {0};
    size_t count = json_is_array(aud) ? json_array_size(aud) : 1;
    bool listed = false;

    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_is_array(aud) ? json_array_get(aud, i) : aud;

        if (!json_is_string(one)) {
            return bad_audience(why);
        }
        pjwt_listing_add(&seen, json_string_value(one));
        listed = audience_listed(one, audiences) || listed;
    }
    pjwt_listing_add_list(&expected, audiences);
    pjwt_why_set(why, "aud is %s; audience = %s%s", count == 0 ? "empty" : seen.text,
                 expected.text, listed ? "" : " lists none of it: set `audience`");
    return listed ? PJWT_SAY(OK) : PJWT_SAY(AUDIENCE);
}
