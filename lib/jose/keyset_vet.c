/* May this set of keys be installed? */
#include "lib/base/json.h"
#include "lib/jose/keyset.h"

#include <string.h>

struct vetting {
    const json_t *set;
    pjwt_algs allowed; /* every algorithm of the set's kind */
    pjwt_algs weakest; /* what asks least of a key, one for each type that fits several */
};

/* Without an alg a key may fit several: which one it is for is told by the config later, but it
 * must be strong enough for the one that asks least. */
static pjwt_verdict
build_any(const struct vetting *v, const json_t *jwk, struct pjwt_why *why)
{
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    pjwt_verdict verdict = pjwt_key_from_jwk(jwk, v->allowed, &key, why);

    return verdict.reason == PJWT_ALG_UNPINNED ? pjwt_key_from_jwk(jwk, v->weakest, &key, why)
                                               : verdict;
}

static pjwt_verdict
vet_key(const struct vetting *v, const json_t *jwk, size_t index, struct pjwt_why *why)
{
    const char *kid = json_string_value(json_object_get(jwk, "kid"));
    size_t first = index;
    pjwt_verdict verdict = PJWT_SAY(UNSET);

    if (!json_is_object(jwk)) {
        pjwt_why_set(why, "no JSON object");
        return PJWT_SAY(KEYS_BAD);
    }
    /* RFC 7517 section 4.5: "When "kid" values are used within a JWK Set, different keys within
     * the JWK Set SHOULD use distinct "kid" values." */
    if (kid != NULL && pjwt_keyset_find(v->set, kid, &first) != NULL && first != index) {
        pjwt_why_set(why, "key %zu has the same kid", first + 1);
        return PJWT_SAY(KID_DUPLICATE);
    }
    verdict = build_any(v, jwk, why);
    /* RFC 7517 section 5: "Implementations SHOULD ignore JWKs within a JWK Set that use "kty"
     * (key type) values that are not understood by them". So with another use, crv or alg: IdPs
     * publish encryption keys and keys of newer kinds beside those that we verify with. */
    return verdict.reason == PJWT_KEY_UNUSABLE ? PJWT_SAY(OK) : verdict;
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

static pjwt_verdict
vet(const struct vetting *v, struct pjwt_why *why)
{
    const json_t *keys = json_object_get(v->set, "keys");

    if (!json_is_array(keys)) {
        pjwt_why_set(why, "no array of keys");
        return PJWT_SAY(KEYS_BAD);
    }
    for (size_t i = 0; i < json_array_size(keys); i++) {
        const json_t *jwk = json_array_get(keys, i);
        struct pjwt_why said = {""};
        pjwt_verdict verdict = vet_key(v, jwk, i, &said);

        if (!pjwt_ok(verdict)) {
            name_place(i, jwk, &said);
            pjwt_why_set(why, "%s", said.text);
            return verdict;
        }
    }
    pjwt_why_clear(why);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_keyset_vet(const json_t *set, struct pjwt_why *why)
{
    const struct vetting v = {set, ~PJWT_ALGS_HMAC, PJWT_ALG_BIT(PJWT_ALG_RS256)};

    return vet(&v, why);
}

pjwt_verdict
pjwt_keyset_vet_hmac(const json_t *set, struct pjwt_why *why)
{
    const struct vetting v = {set, PJWT_ALGS_HMAC, PJWT_ALG_BIT(PJWT_ALG_HS256)};

    return vet(&v, why);
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
