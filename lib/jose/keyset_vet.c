/* May this set of keys be installed? */
#include "lib/base/json.h"
#include "lib/jose/keyset.h"

#include <string.h>

/* Is this what is wrong with a key of no concern to us? IdPs publish encryption keys and keys
 * of newer kinds beside those that we verify with. */
static bool
is_skipped(pjwt_verdict v)
{
    return v.reason == PJWT_KEY_UNUSABLE || v.reason == PJWT_ALG_UNPINNED;
}

static pjwt_verdict
vet_key(const json_t *set, const json_t *jwk, size_t index, struct pjwt_why *why)
{
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    const char *kid = json_string_value(json_object_get(jwk, "kid"));
    size_t first = index;
    pjwt_verdict verdict = PJWT_SAY(UNSET);

    if (!json_is_object(jwk)) {
        pjwt_why_set(why, "no JSON object");
        return PJWT_SAY(KEYS_BAD);
    }
    if (kid != NULL && pjwt_keyset_find(set, kid, &first) != NULL && first != index) {
        pjwt_why_set(why, "key %zu has the same kid", first + 1);
        return PJWT_SAY(KID_DUPLICATE);
    }
    verdict = pjwt_key_from_jwk(jwk, ~0u, &key, why);
    return is_skipped(verdict) ? PJWT_SAY(OK) : verdict;
}

static void
name_place(size_t index, const json_t *jwk, struct pjwt_why *why)
{
    const char *kid = json_string_value(json_object_get(jwk, "kid"));
    struct pjwt_why place;

    pjwt_why_set(&place, "key %zu (kid %.64s): %s", index + 1, kid == NULL ? "none" : kid,
                 why->text);
    *why = place;
}

pjwt_verdict
pjwt_keyset_vet(const json_t *set, struct pjwt_why *why)
{
    const json_t *keys = json_object_get(set, "keys");

    if (!json_is_array(keys)) {
        pjwt_why_set(why, "no array of keys");
        return PJWT_SAY(KEYS_BAD);
    }
    for (size_t i = 0; i < json_array_size(keys); i++) {
        const json_t *jwk = json_array_get(keys, i);
        struct pjwt_why said = {""};
        pjwt_verdict verdict = vet_key(set, jwk, i, &said);

        if (!pjwt_ok(verdict)) {
            name_place(i, jwk, &said);
            pjwt_why_set(why, "%s", said.text);
            return verdict;
        }
    }
    pjwt_why_clear(why);
    return PJWT_SAY(OK);
}

json_t *
pjwt_keyset_find(const json_t *set, const char *kid, size_t *index)
{
    const json_t *keys = json_object_get(set, "keys");

    for (size_t i = 0; i < json_array_size(keys); i++) {
        json_t *jwk = json_array_get(keys, i);
        const char *found = json_string_value(json_object_get(jwk, "kid"));

        if (found != NULL && strcmp(found, kid) == 0) {
            if (index != NULL) {
                *index = i;
            }
            return jwk;
        }
    }
    return NULL;
}
