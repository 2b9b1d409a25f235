/* Is this JWK a key that can prove something? */
#include "lib/jose/key.h"

#include "lib/jose/key_inside.h"

#include <string.h>

#define KID_MAX 256 /* bytes, as in a header */

static pjwt_verdict
copy_kid(const json_t *jwk, char **kid, struct pjwt_why *why)
{
    const char *text = NULL;

    if (!pjwt_json_string(jwk, "kid", &text) ||
        (text != NULL && (*text == '\0' || strlen(text) > KID_MAX))) {
        pjwt_why_set(why, "kid is no string of 1 to %d bytes", KID_MAX);
        return PJWT_SAY(KEY_BAD);
    }
    *kid = text == NULL ? NULL : strdup(text);
    return text == NULL || *kid != NULL ? PJWT_SAY(OK) : PJWT_SAY(NO_MEMORY);
}

/* The key without its EVP part. */
static pjwt_verdict
describe(const json_t *jwk, enum pjwt_key_purpose purpose, pjwt_algs allowed,
         struct pjwt_key **key, struct pjwt_why *why)
{
    PJWT_AUTO(key) struct pjwt_key *made = calloc(1, sizeof(*made));

    if (made == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    PJWT_TRY(pjwt_key_rules_check(jwk, purpose, allowed, &made->family, &made->alg, why));
    PJWT_TRY(copy_kid(jwk, &made->kid, why));
    made->signs = purpose == PJWT_KEY_SIGNS;
    *key = pjwt_take(made);
    return PJWT_SAY(OK);
}

/* The EVP key, strong enough for its algorithm. */
static pjwt_verdict
build(struct pjwt_key *key, const json_t *jwk, struct pjwt_why *why)
{
    const struct pjwt_family *f = key->family;

    PJWT_TRY(key->signs ? f->build_private(f, jwk, &key->pkey, why)
                        : f->build_public(f, jwk, &key->pkey, why));
    if (f->suits != NULL) {
        PJWT_TRY(f->suits(f, key->alg, key->pkey, why));
    }
    return key->signs ? PJWT_SAY(OK) : f->prepare(f, key->alg, key->pkey, &key->ready);
}

pjwt_verdict
pjwt_key_from_jwk(const json_t *jwk, pjwt_algs allowed, struct pjwt_key **key,
                  struct pjwt_why *why)
{
    PJWT_QUIET_OPENSSL;
    PJWT_AUTO(key) struct pjwt_key *made = NULL;

    PJWT_TRY(describe(jwk, PJWT_KEY_VERIFIES, allowed, &made, why));
    PJWT_TRY(build(made, jwk, why));
    pjwt_why_clear(why);
    *key = pjwt_take(made);
    return PJWT_SAY(OK);
}

/* Does the public part verify what the private part signs? */
static pjwt_verdict
compare_halves(const struct pjwt_key *key, const json_t *jwk, struct pjwt_why *why)
{
    static const unsigned char text[] = "a text to sign";
    const struct pjwt_octets input = {text, sizeof(text)};
    const struct pjwt_family *f = key->family;
    PJWT_AUTO(pkey) EVP_PKEY *public_half = NULL;
    PJWT_AUTO(md_ctx) EVP_MD_CTX *ready = NULL;
    unsigned char signature[PJWT_SIGNATURE_MAX];
    size_t len = 0;

    PJWT_TRY(f->build_public(f, jwk, &public_half, why));
    PJWT_TRY(f->prepare(f, key->alg, public_half, &ready));
    pjwt_why_set(why, "the private part is not the public part's");
    if (!pjwt_ok(f->sign(f, key->alg, key->pkey, input, signature, &len)) ||
        !pjwt_ok(f->verify(f, key->alg, ready, input, (struct pjwt_octets){signature, len}))) {
        return PJWT_SAY(KEY_BAD);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_key_from_private_jwk(const json_t *jwk, struct pjwt_key **key, struct pjwt_why *why)
{
    PJWT_QUIET_OPENSSL;
    PJWT_AUTO(key) struct pjwt_key *made = NULL;

    PJWT_TRY(describe(jwk, PJWT_KEY_SIGNS, ~0u, &made, why));
    PJWT_TRY(build(made, jwk, why));
    PJWT_TRY(compare_halves(made, jwk, why));
    pjwt_why_clear(why);
    *key = pjwt_take(made);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_key_verify(const struct pjwt_key *key, struct pjwt_octets input,
                struct pjwt_octets signature)
{
    PJWT_QUIET_OPENSSL;

    if (key->signs) {
        return PJWT_SAY(INTERNAL);
    }
    return key->family->verify(key->family, key->alg, key->ready, input, signature);
}

pjwt_verdict
pjwt_key_sign(const struct pjwt_key *key, struct pjwt_octets input, unsigned char *signature,
              size_t *len)
{
    PJWT_QUIET_OPENSSL;

    if (!key->signs) {
        return PJWT_SAY(INTERNAL);
    }
    return key->family->sign(key->family, key->alg, key->pkey, input, signature, len);
}

enum pjwt_alg
pjwt_key_alg(const struct pjwt_key *key)
{
    return key->alg;
}

const char *
pjwt_key_kid(const struct pjwt_key *key)
{
    return key->kid;
}

void
pjwt_key_free(struct pjwt_key *key)
{
    if (key != NULL) {
        EVP_MD_CTX_free(key->ready);
        EVP_PKEY_free(key->pkey);
        free(key->kid);
        free(key);
    }
}
