/* Which encrypted tokens may be opened, said a second time? */
#include "tests/fuzz/support/rules.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

static bool
is(const json_t *value, const char *words)
{
    return json_is_string(value) && strcmp(json_string_value(value), words) == 0;
}

static bool
names_jwt(const json_t *cty)
{
    const char *name = json_string_value(cty);

    return cty == NULL || (name != NULL && (strcasecmp(name, "JWT") == 0 ||
                                            strcasecmp(name, "application/JWT") == 0));
}

/* RFC 4648 section 5 without padding, no bit that belongs to no byte, 1 to 256 bytes. */
static bool
party_good(const json_t *value)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const char *text = json_string_value(value);
    size_t len = json_string_length(value);
    size_t unused = len % 4 == 2 ? 16 : len % 4 == 3 ? 4 : 1;

    if (value == NULL) {
        return true;
    }
    return text != NULL && len > 0 && len <= 342 && len % 4 != 1 &&
           strspn(text, digits) == len &&
           (size_t)(strchr(digits, text[len - 1]) - digits) % unused == 0;
}

/* RFC 7518 section 4.6.1.1: the public key that was agreed with, and nothing private. */
static bool
epk_good(const json_t *epk, const json_t *made)
{
    static const char *const same[] = {"kty", "crv", "x", "y"};

    for (size_t i = 0; i < 4; i++) {
        const json_t *wanted = json_object_get(made, same[i]);

        if (wanted != NULL && !json_equal(wanted, json_object_get(epk, same[i]))) {
            return false;
        }
    }
    return json_is_object(epk) && json_object_get(epk, "d") == NULL &&
           json_object_get(epk, "k") == NULL && json_object_get(epk, "priv") == NULL;
}

static bool
agreement_good(const json_t *header, const json_t *epk)
{
    const json_t *apu = json_object_get(header, "apu");
    const json_t *apv = json_object_get(header, "apv");

    if (epk == NULL) {
        return json_object_get(header, "epk") == NULL && apu == NULL && apv == NULL;
    }
    return epk_good(json_object_get(header, "epk"), epk) && party_good(apu) && party_good(apv);
}

bool
rules_open(const char *header, size_t len, const struct rules_seal *seal)
{
    static const char *const never[] = {"jwk", "jku", "x5u", "x5c", "crit", "b64", "zip", NULL};
    json_t *head = rules_strict_object(header, len);
    const json_t *typ = json_object_get(head, "typ");
    bool good = head != NULL && rules_looks_like_jose(header, len) &&
                (len * 4 + 2) / 3 <= 4096 && rules_absent(head, never) &&
                (typ == NULL || rules_text(typ, 64)) &&
                is(json_object_get(head, "kid"), seal->kid) &&
                is(json_object_get(head, "alg"), seal->alg) &&
                is(json_object_get(head, "enc"), seal->enc) &&
                names_jwt(json_object_get(head, "cty")) && agreement_good(head, seal->epk);

    json_decref(head);
    return good;
}
