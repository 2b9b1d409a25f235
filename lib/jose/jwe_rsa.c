/* How does RSA hide a content key? RFC 7518 section 4.3: OAEP with SHA-256, for both the hash
 * and MGF1. */
#include "lib/jose/family.h"
#include "lib/jose/jwe_key_inside.h"

#include <openssl/rsa.h>
#include <string.h>

static pjwt_verdict
build(const struct pjwt_jwe_family *f, const json_t *jwk, struct pjwt_jwe_key *key,
      struct pjwt_why *why)
{
    const struct pjwt_family *rsa = pjwt_family_find("RSA", NULL);

    (void)f;
    return key->opens ? rsa->build_private(rsa, jwk, &key->pkey, why)
                      : rsa->build_public(rsa, jwk, &key->pkey, why);
}

static bool
use_oaep(EVP_PKEY_CTX *ctx)
{
    return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_OAEP_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_oaep_md_name(ctx, "SHA256", NULL) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md_name(ctx, "SHA256", NULL) == 1;
}

static bool
unwrap(const struct pjwt_jwe_key *key, const struct pjwt_wrapped *wrapped, unsigned char *cek)
{
    PJWT_AUTO(pkey_ctx)
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key->pkey, NULL);
    unsigned char text[PJWT_WRAPPED_MAX] = {0};
    size_t len = sizeof(text);
    bool good = false;

    /* RFC 8017 section 7.1.2, step 1: the ciphertext is as long as the modulus. */
    if (ctx == NULL || wrapped->bytes.len != (size_t)EVP_PKEY_get_size(key->pkey) ||
        EVP_PKEY_decrypt_init(ctx) != 1 || !use_oaep(ctx)) {
        return false;
    }
    good = EVP_PKEY_decrypt(ctx, text, &len, wrapped->bytes.at, wrapped->bytes.len) == 1;
    good = good && len == wrapped->content->key;
    memcpy(cek, text, wrapped->content->key);
    explicit_bzero(text, sizeof(text));
    return good;
}

static bool
wrap(const struct pjwt_jwe_key *key, const struct pjwt_content *content, json_t *header,
     unsigned char *cek, unsigned char *out, size_t *len)
{
    PJWT_AUTO(pkey_ctx)
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key->pkey, NULL);

    (void)header;
    *len = PJWT_WRAPPED_MAX;
    return ctx != NULL && EVP_PKEY_encrypt_init(ctx) == 1 && use_oaep(ctx) &&
           EVP_PKEY_encrypt(ctx, out, len, cek, content->key) == 1;
}

static bool
generate(const struct pjwt_jwe_family *f, size_t bytes, json_t *jwk)
{
    const struct pjwt_family *rsa = pjwt_family_find("RSA", NULL);
    PJWT_AUTO(pkey) EVP_PKEY *pkey = rsa->generate(rsa);

    (void)f;
    (void)bytes;
    return pkey != NULL && rsa->to_jwk(rsa, pkey, true, jwk);
}

static const char *const params[] = {"e", "n", NULL};

const struct pjwt_jwe_family pjwt_jwe_rsa = {
    .kty = "RSA",
    .algs = PJWT_JWE_BIT(PJWT_JWE_RSA_OAEP_256),
    .params = params,
    .build = build,
    .unwrap = unwrap,
    .wrap = wrap,
    .generate = generate,
};
