/* Do the claims hold what a section requires? */
#include "lib/policy/require.h"

#include "lib/policy/claim.h"
#include "lib/policy/pointer.h"
#include "lib/policy/tell.h"

#include <stdio.h>
#include <string.h>

#define DIGITS_SIZE 24 /* of the longest integer, with sign and NUL */

/* The words between the bars of "a|b". */
struct words {
    const char *text;
    size_t len;
};

static bool
same(struct words wanted, const char *text, size_t len)
{
    return len == wanted.len && memcmp(text, wanted.text, len) == 0;
}

static bool
equals(const json_t *value, struct words wanted)
{
    char digits[DIGITS_SIZE] = "";

    if (json_is_string(value)) {
        return same(wanted, json_string_value(value), json_string_length(value));
    }
    if (json_is_boolean(value)) {
        (void)snprintf(digits, sizeof(digits), "%s", json_is_true(value) ? "true" : "false");
    } else if (json_is_integer(value)) {
        (void)snprintf(digits, sizeof(digits), "%lld", (long long)json_integer_value(value));
    } else {
        return false;
    }
    return same(wanted, digits, strlen(digits));
}

/* RFC 8693 section 4.2: scope is "a space-separated list of scopes". */
static bool
scope_has(const char *scope, struct words wanted)
{
    while (*scope != '\0') {
        size_t len = strcspn(scope, " ");

        if (same(wanted, scope, len)) {
            return true;
        }
        scope += len + (scope[len] == ' ' ? 1 : 0);
    }
    return false;
}

static bool
claim_has(const char *name, const json_t *value, struct words wanted)
{
    if (json_is_string(value) && strcmp(name, "scope") == 0) {
        return scope_has(json_string_value(value), wanted);
    }
    for (size_t i = 0; json_is_array(value) && i < json_array_size(value); i++) {
        if (equals(json_array_get(value, i), wanted)) {
            return true;
        }
    }
    return equals(value, wanted);
}

static bool
any_holds(const char *name, const json_t *value, const char *wanted)
{
    for (;;) {
        size_t len = strcspn(wanted, "|");

        if (claim_has(name, value, (struct words){wanted, len})) {
            return true;
        }
        if (wanted[len] == '\0') {
            return false;
        }
        wanted += len + 1;
    }
}

static pjwt_verdict
refuse(const char *section, const char *element, const char *name, const json_t *claims,
       struct pjwt_why *why)
{
    struct pjwt_listing seen = {0};

    if (claims == NULL) {
        pjwt_why_set(why, "%s requires %.96s; this ticket has no claims", section, element);
        return PJWT_SAY(REQUIRE);
    }
    pjwt_tell_value(pjwt_claim_get(claims, name), &seen);
    pjwt_why_set(why, "%s requires %.64s; %.48s is %s", section, element, name, seen.text);
    return PJWT_SAY(REQUIRE);
}

pjwt_verdict
pjwt_require_check(const struct pjwt_list *require, const char *section, const json_t *claims,
                   struct pjwt_why *why)
{
    struct pjwt_listing held = {0};

    for (size_t i = 0; i < require->count; i++) {
        const char *element = require->item[i];
        size_t len = strcspn(element, "=");
        char name[PJWT_POINTER_MAX + 1] = "";

        if (len >= sizeof(name) || element[len] == '\0') {
            return PJWT_SAY(INTERNAL); /* the config lets none through */
        }
        memcpy(name, element, len);
        if (!any_holds(name, pjwt_claim_get(claims, name), element + len + 1)) {
            return refuse(section, element, name, claims, why);
        }
        pjwt_listing_add(&held, element);
    }
    pjwt_why_set(why, "%s: %s", section, held.text);
    return PJWT_SAY(OK);
}
