/* What may this JWK be used for? The members that keys of every type share: RFC 7517 section 4.
 */
#include "lib/jose/key_inside.h"

#include <string.h>

#define SYMMETRIC "oct" /* RFC 7518 section 6.1 */

/* RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1, RFC 8037 section 2; priv as in the drafts for
 * post-quantum keys. */
static const char *const private_members[] = {"d",  "p",   "q", "dp",  "dq",
                                              "qi", "oth", "k", "priv"};

static pjwt_verdict
string_or_bad(const json_t *jwk, const char *name, const char **value, struct pjwt_why *why)
{
    if (!pjwt_json_string(jwk, name, value)) {
        pjwt_why_set(why, "%s is no string", name);
        return PJWT_SAY(KEY_BAD);
    }
    return PJWT_SAY(OK);
}

/* Shared secrets alone, where the config says so: a public key among them would prove nothing
 * with these algorithms, and its reader is not meant to sign. */
static pjwt_verdict
demand_symmetric(const char *kty, struct pjwt_why *why)
{
    pjwt_why_set(why, "kty %.32s among shared secrets", kty);
    return strcmp(kty, SYMMETRIC) == 0 ? PJWT_SAY(OK) : PJWT_SAY(KEY_MIXED);
}

/* A set of verification keys is read by many; what can sign must not lie there. A symmetric key
 * there would let the reader of a public key forge tokens (RFC 8725 section 2.1). */
static pjwt_verdict
refuse_private(const json_t *jwk, const char *kty, struct pjwt_why *why)
{
    for (size_t i = 0; i < sizeof(private_members) / sizeof(private_members[0]); i++) {
        if (json_object_get(jwk, private_members[i]) != NULL) {
            pjwt_why_set(why, "member %s", private_members[i]);
            return PJWT_SAY(KEY_PRIVATE);
        }
    }
    pjwt_why_set(why, "kty oct");
    return strcmp(kty, SYMMETRIC) == 0 ? PJWT_SAY(KEY_PRIVATE) : PJWT_SAY(OK);
}

/* How often `wanted` stands in the array; -1 when the array is none of distinct strings. */
static int
count_distinct(const json_t *array, const char *wanted)
{
    int hits = 0;

    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *op = json_string_value(json_array_get(array, i));

        if (op == NULL) {
            return -1;
        }
        for (size_t j = 0; j < i; j++) {
            if (strcmp(op, json_string_value(json_array_get(array, j))) == 0) {
                return -1;
            }
        }
        hits += strcmp(op, wanted) == 0;
    }
    return hits;
}

/* RFC 7517 section 4.3: "Duplicate key operation values MUST NOT be present in the array." */
static pjwt_verdict
check_key_ops(const json_t *jwk, enum pjwt_key_purpose purpose, struct pjwt_why *why)
{
    const json_t *ops = json_object_get(jwk, "key_ops");
    const char *wanted = purpose == PJWT_KEY_SIGNS ? "sign" : "verify";
    int hits = json_is_array(ops) ? count_distinct(ops, wanted) : -1;

    if (ops == NULL) {
        return PJWT_SAY(OK);
    }
    if (hits < 0) {
        pjwt_why_set(why, "key_ops is no array of distinct strings");
        return PJWT_SAY(KEY_BAD);
    }
    /* Section 4.3 of `use` beside key_ops: "the information they convey MUST be consistent".
     * Each alone must allow it. */
    pjwt_why_set(why, "key_ops does not list %s", wanted);
    return hits > 0 ? PJWT_SAY(OK) : PJWT_SAY(KEY_UNUSABLE);
}

static pjwt_verdict
check_use(const json_t *jwk, enum pjwt_key_purpose purpose, struct pjwt_why *why)
{
    const char *use = NULL;

    PJWT_TRY(string_or_bad(jwk, "use", &use, why));
    if (use != NULL && strcmp(use, "sig") != 0) {
        pjwt_why_set(why, "use %.32s", use);
        return PJWT_SAY(KEY_UNUSABLE);
    }
    return check_key_ops(jwk, purpose, why);
}

static pjwt_verdict
find_family(const json_t *jwk, const char *kty, const struct pjwt_family **family,
            struct pjwt_why *why)
{
    const char *crv = NULL;

    PJWT_TRY(string_or_bad(jwk, "crv", &crv, why));
    *family = pjwt_family_find(kty, crv);
    pjwt_why_set(why, "kty %.32s, crv %.32s", kty, crv == NULL ? "absent" : crv);
    return *family != NULL ? PJWT_SAY(OK) : PJWT_SAY(KEY_UNUSABLE);
}

/* What the key's own alg leaves of `algs`; all of them when it has none. */
static pjwt_verdict
own_algs(const json_t *jwk, pjwt_algs algs, pjwt_algs *own, struct pjwt_why *why)
{
    const char *name = NULL;
    pjwt_algs named = 0;

    PJWT_TRY(string_or_bad(jwk, "alg", &name, why));
    *own = algs;
    if (name == NULL) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(why, "alg %.32s", name);
    named = pjwt_algs_from_name(name, strlen(name));
    if (named == 0) {
        return PJWT_SAY(KEY_UNUSABLE);
    }
    *own = algs & named;
    return *own != 0 ? PJWT_SAY(OK) : PJWT_SAY(KEY_BAD); /* the alg of another kty or crv */
}

static pjwt_verdict
only_one(pjwt_algs algs, enum pjwt_alg *alg)
{
    if ((algs & (algs - 1)) != 0) {
        return PJWT_SAY(ALG_UNPINNED);
    }
    for (unsigned i = PJWT_ALG_NONE_KNOWN + 1; i < PJWT_ALG_COUNT; i++) {
        if (algs == PJWT_ALG_BIT(i)) {
            *alg = (enum pjwt_alg)i;
            return PJWT_SAY(OK);
        }
    }
    return PJWT_SAY(ALG_REFUSED); /* none is left */
}

bool
pjwt_key_is_symmetric(const json_t *jwk)
{
    const char *kty = json_string_value(json_object_get(jwk, "kty"));

    return kty != NULL && strcmp(kty, SYMMETRIC) == 0;
}

pjwt_verdict
pjwt_key_rules_check(const json_t *jwk, enum pjwt_key_purpose purpose, pjwt_algs allowed,
                     const struct pjwt_family **family, enum pjwt_alg *alg,
                     struct pjwt_why *why)
{
    const char *kty = NULL;
    pjwt_algs own = 0;

    PJWT_TRY(string_or_bad(jwk, "kty", &kty, why));
    if (kty == NULL) {
        pjwt_why_set(why, "no kty");
        return PJWT_SAY(KEY_BAD);
    }
    if (purpose == PJWT_KEY_VERIFIES) {
        PJWT_TRY(pjwt_algs_symmetric(allowed) ? demand_symmetric(kty, why)
                                              : refuse_private(jwk, kty, why));
    }
    PJWT_TRY(check_use(jwk, purpose, why));
    PJWT_TRY(find_family(jwk, kty, family, why));
    PJWT_TRY(own_algs(jwk, (*family)->algs, &own, why));
    return only_one(own & allowed, alg);
}
