/* How is a new key pair made, and what is it called? RFC 7517 section 4, RFC 7638. */
#include "lib/base/base64url.h"
#include "lib/jose/key_inside.h"

#include <openssl/rand.h>
#include <string.h>

static bool
put(json_t *jwk, const char *name, const char *value)
{
    return json_object_set_new(jwk, name, json_string(value)) == 0;
}

/* Copies a member that must be a string. */
static bool
copy_string(json_t *to, const json_t *from, const char *name)
{
    json_t *value = json_object_get(from, name);

    return json_is_string(value) && json_object_set(to, name, value) == 0;
}

/* RFC 7638 section 3.2: the required members and no other. */
static json_t *
required_members(const json_t *jwk)
{
    PJWT_AUTO(json) json_t *only = json_object();
    const char *kty = json_string_value(json_object_get(jwk, "kty"));
    const char *crv = json_string_value(json_object_get(jwk, "crv"));
    const struct pjwt_family *family = kty == NULL ? NULL : pjwt_family_find(kty, crv);

    /* RFC 7638 section 7: the thumbprint of a symmetric key may tell something about the key.
     * Ours go by names that say nothing. */
    if (only == NULL || family == NULL || family->params[0] == NULL ||
        !copy_string(only, jwk, "kty") ||
        (family->crv != NULL && !copy_string(only, jwk, "crv"))) {
        return NULL;
    }
    for (size_t i = 0; family->params[i] != NULL; i++) {
        if (!copy_string(only, jwk, family->params[i])) {
            return NULL;
        }
    }
    return pjwt_take(only);
}

pjwt_verdict
pjwt_key_thumbprint(const json_t *jwk, char out[PJWT_THUMBPRINT_SIZE])
{
    PJWT_QUIET_OPENSSL;
    PJWT_AUTO(json) json_t *only = required_members(jwk);
    PJWT_AUTO(text) char *text = NULL;
    unsigned char hash[EVP_MAX_MD_SIZE];
    size_t len = 0;

    if (only == NULL) {
        return PJWT_SAY(KEY_BAD);
    }
    /* RFC 7638 section 3.3: no white space, members in lexicographic order. */
    text = json_dumps(only, JSON_COMPACT | JSON_SORT_KEYS);
    if (text == NULL ||
        EVP_Q_digest(NULL, "SHA256", NULL, text, strlen(text), hash, &len) != 1) {
        return PJWT_SAY(INTERNAL);
    }
    out[pjwt_base64url_encode(hash, len, out)] = '\0';
    return PJWT_SAY(OK);
}

static bool
describe(const struct pjwt_family *f, enum pjwt_alg alg, json_t *jwk)
{
    return put(jwk, "kty", f->kty) && (f->crv == NULL || put(jwk, "crv", f->crv)) &&
           put(jwk, "use", "sig") && put(jwk, "alg", pjwt_alg_name(alg));
}

static bool
to_jwk(const struct pjwt_family *f, enum pjwt_alg alg, const EVP_PKEY *pkey, bool secret,
       json_t **jwk)
{
    *jwk = json_object();
    return describe(f, alg, *jwk) && f->to_jwk(f, pkey, secret, *jwk);
}

/* 128 random bits, for a key whose thumbprint must not be shown. */
static pjwt_verdict
random_name(char out[PJWT_THUMBPRINT_SIZE])
{
    unsigned char bytes[16];

    if (RAND_bytes(bytes, sizeof(bytes)) != 1) {
        return PJWT_SAY(INTERNAL);
    }
    out[pjwt_base64url_encode(bytes, sizeof(bytes), out)] = '\0';
    return PJWT_SAY(OK);
}

static pjwt_verdict
name_both(json_t *public_jwk, json_t *private_jwk, const char *kid)
{
    char made[PJWT_THUMBPRINT_SIZE];

    if (kid == NULL) {
        PJWT_TRY(pjwt_key_is_symmetric(public_jwk) ? random_name(made)
                                                   : pjwt_key_thumbprint(public_jwk, made));
        kid = made;
    }
    return put(public_jwk, "kid", kid) && put(private_jwk, "kid", kid) ? PJWT_SAY(OK)
                                                                       : PJWT_SAY(NO_MEMORY);
}

/* A pair whose name starts with '-' would look like an option on a command line. */
static bool
named_well(const json_t *jwk)
{
    return json_string_value(json_object_get(jwk, "kid"))[0] != '-';
}

static pjwt_verdict
make_pair(const struct pjwt_family *family, enum pjwt_alg alg, const char *kid,
          json_t **open_half, json_t **secret_half)
{
    PJWT_AUTO(pkey) EVP_PKEY *pkey = family->generate(family);

    if (pkey == NULL || !to_jwk(family, alg, pkey, false, open_half) ||
        !to_jwk(family, alg, pkey, true, secret_half)) {
        return PJWT_SAY(INTERNAL);
    }
    return name_both(*open_half, *secret_half, kid);
}

pjwt_verdict
pjwt_key_generate(enum pjwt_alg alg, const char *kid, json_t **public_jwk, json_t **private_jwk)
{
    PJWT_QUIET_OPENSSL;
    const struct pjwt_family *family = pjwt_family_for_alg(alg);
    PJWT_AUTO(json) json_t *open_half = NULL;
    PJWT_AUTO(json) json_t *secret_half = NULL;

    if (family == NULL) {
        return PJWT_SAY(ALG_UNKNOWN);
    }
    do {
        pjwt_drop_json(&open_half);
        pjwt_drop_json(&secret_half);
        PJWT_TRY(make_pair(family, alg, kid, &open_half, &secret_half));
    } while (kid == NULL && !named_well(open_half));
    *public_jwk = pjwt_take(open_half);
    *private_jwk = pjwt_take(secret_half);
    return PJWT_SAY(OK);
}
