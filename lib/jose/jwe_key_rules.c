/* What may this JWK be used for, and under which algorithm? RFC 7517 section 4. */
#include "lib/jose/jwe_key_inside.h"

#include <string.h>

static const struct pjwt_jwe_family *const families[] = {
    &pjwt_jwe_rsa, &pjwt_jwe_p256, &pjwt_jwe_p384, &pjwt_jwe_x25519, &pjwt_jwe_oct,
};

const struct pjwt_jwe_family *
pjwt_jwe_family_find(const char *kty, const char *crv)
{
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
        const struct pjwt_jwe_family *f = families[i];

        if (strcmp(f->kty, kty) == 0 &&
            (f->crv == NULL || (crv != NULL && strcmp(f->crv, crv) == 0))) {
            return f;
        }
    }
    return NULL;
}

static pjwt_verdict
string_or_bad(const json_t *jwk, const char *name, const char **value, struct pjwt_why *why)
{
    if (!pjwt_json_string(jwk, name, value)) {
        pjwt_why_set(why, "%s is no string", name);
        return PJWT_SAY(KEY_BAD);
    }
    return PJWT_SAY(OK);
}

/* A key pair of ours that says what its private half does may be sealed
 * for, too. */
static bool
fits(const char *op, enum pjwt_jwe_purpose purpose)
{
    static const char *const ops[] = {"decrypt",    "unwrapKey", "deriveKey",
                                      "deriveBits", "encrypt",   "wrapKey"};
    size_t count = purpose == PJWT_JWE_OPENS ? 4 : sizeof(ops) / sizeof(ops[0]);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(ops[i], op) == 0) {
            return true;
        }
    }
    return false;
}

static bool
stands_before(const json_t *ops, size_t end, const char *op)
{
    for (size_t i = 0; i < end; i++) {
        if (strcmp(json_string_value(json_array_get(ops, i)), op) == 0) {
            return true;
        }
    }
    return false;
}

/* RFC 7517 section 4.3: "Duplicate key operation values MUST NOT be present in the array." */
static pjwt_verdict
check_key_ops(const json_t *jwk, enum pjwt_jwe_purpose purpose, struct pjwt_why *why)
{
    const json_t *ops = json_object_get(jwk, "key_ops");
    bool found = ops == NULL;

    if (ops != NULL && !json_is_array(ops)) {
        pjwt_why_set(why, "key_ops is no array");
        return PJWT_SAY(KEY_BAD);
    }
    for (size_t i = 0; i < json_array_size(ops); i++) {
        const char *op = json_string_value(json_array_get(ops, i));

        if (op == NULL || stands_before(ops, i, op)) {
            pjwt_why_set(why, "key_ops is no array of distinct strings");
            return PJWT_SAY(KEY_BAD);
        }
        found = found || fits(op, purpose);
    }
    pjwt_why_set(why, "key_ops lists no operation of %s",
                 purpose == PJWT_JWE_OPENS ? "decryption" : "encryption");
    return found ? PJWT_SAY(OK) : PJWT_SAY(KEY_UNUSABLE);
}

static pjwt_verdict
check_use(const json_t *jwk, enum pjwt_jwe_purpose purpose, struct pjwt_why *why)
{
    const char *use = NULL;

    PJWT_TRY(string_or_bad(jwk, "use", &use, why));
    if (use != NULL && strcmp(use, "enc") != 0) {
        pjwt_why_set(why, "use %.32s", use);
        return PJWT_SAY(KEY_UNUSABLE);
    }
    return check_key_ops(jwk, purpose, why);
}

static pjwt_verdict
find_family(const json_t *jwk, const struct pjwt_jwe_family **family, struct pjwt_why *why)
{
    const char *kty = NULL;
    const char *crv = NULL;

    PJWT_TRY(string_or_bad(jwk, "kty", &kty, why));
    PJWT_TRY(string_or_bad(jwk, "crv", &crv, why));
    if (kty == NULL) {
        pjwt_why_set(why, "no kty");
        return PJWT_SAY(KEY_BAD);
    }
    *family = pjwt_jwe_family_find(kty, crv);
    pjwt_why_set(why, "kty %.32s, crv %.32s", kty, crv == NULL ? "absent" : crv);
    return *family != NULL ? PJWT_SAY(OK) : PJWT_SAY(KEY_UNUSABLE);
}

/* Without an alg only an RSA key is pinned: there is one algorithm for it. `dir` alone would
 * leave the enc to whoever makes the token, as a key of 32 bytes fits two. */
static pjwt_verdict
unpinned(struct pjwt_jwe_key *key, const char *name, struct pjwt_why *why)
{
    if (name == NULL && key->family == &pjwt_jwe_rsa) {
        key->alg = PJWT_JWE_RSA_OAEP_256;
        return PJWT_SAY(OK);
    }
    pjwt_why_set(why, name == NULL ? "no alg" : "alg dir: an enc, such as A256GCM, says more");
    return PJWT_SAY(ALG_UNPINNED);
}

static pjwt_verdict
find_alg(const json_t *jwk, struct pjwt_jwe_key *key, struct pjwt_why *why)
{
    const char *name = NULL;

    PJWT_TRY(string_or_bad(jwk, "alg", &name, why));
    if (name == NULL || strcmp(name, "dir") == 0) {
        return unpinned(key, name, why);
    }
    pjwt_why_set(why, "alg %.32s", name);
    key->content = pjwt_content_find(name);
    key->alg = key->content != NULL ? PJWT_JWE_DIR : pjwt_jwe_alg_from_name(name);
    if (key->alg == PJWT_JWE_NONE_KNOWN) {
        return PJWT_SAY(KEY_UNUSABLE);
    }
    return (key->family->algs & PJWT_JWE_BIT(key->alg)) != 0
               ? PJWT_SAY(OK)
               : PJWT_SAY(KEY_BAD); /* the alg of another kty */
}

pjwt_verdict
pjwt_jwe_key_rules_check(const json_t *jwk, enum pjwt_jwe_purpose purpose,
                         struct pjwt_jwe_key *key, struct pjwt_why *why)
{
    PJWT_TRY(find_family(jwk, &key->family, why));
    PJWT_TRY(check_use(jwk, purpose, why));
    return find_alg(jwk, key, why);
}
