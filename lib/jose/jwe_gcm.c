/* Does AES-GCM open this? RFC 7518 section 5.3. */
#include "lib/jose/jwe_content.h"
#include "lib/jose/jwe_evp.h"

#include <string.h>

/* RFC 7518 section 5.3: "Use of an IV of size 96 bits is REQUIRED with this algorithm." and
 * "The requested size of the Authentication Tag output MUST be 128 bits". */
#define IV_BYTES  12
#define TAG_BYTES 16

static bool
open_sealed(const struct pjwt_content *c, const unsigned char *key,
            const struct pjwt_content_parts *sealed, unsigned char *out, size_t *len)
{
    PJWT_AUTO(cipher) EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, c->cipher, NULL);
    PJWT_AUTO(cipher_ctx) EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    unsigned char tag[TAG_BYTES];
    int aad = 0;
    int part = 0;
    int rest = 0;

    if (cipher == NULL || ctx == NULL) {
        return false;
    }
    memcpy(tag, sealed->tag.at, sizeof(tag)); /* the setter takes no const */
    if (EVP_DecryptInit_ex2(ctx, cipher, key, sealed->iv.at, NULL) != 1 ||
        EVP_DecryptUpdate(ctx, NULL, &aad, sealed->aad.at, (int)sealed->aad.len) != 1 ||
        EVP_DecryptUpdate(ctx, out, &part, sealed->text.at, (int)sealed->text.len) != 1 ||
        EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, tag) != 1 ||
        EVP_DecryptFinal_ex(ctx, out + part, &rest) != 1) {
        return false;
    }
    *len = (size_t)part + (size_t)rest;
    return true;
}

static bool
seal(const struct pjwt_content *c, const unsigned char *key,
     const struct pjwt_content_parts *plain, unsigned char *out, size_t *len,
     unsigned char *tag)
{
    PJWT_AUTO(cipher) EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, c->cipher, NULL);
    PJWT_AUTO(cipher_ctx) EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int aad = 0;
    int part = 0;
    int rest = 0;

    if (cipher == NULL || ctx == NULL ||
        EVP_EncryptInit_ex2(ctx, cipher, key, plain->iv.at, NULL) != 1 ||
        EVP_EncryptUpdate(ctx, NULL, &aad, plain->aad.at, (int)plain->aad.len) != 1 ||
        EVP_EncryptUpdate(ctx, out, &part, plain->text.at, (int)plain->text.len) != 1 ||
        EVP_EncryptFinal_ex(ctx, out + part, &rest) != 1 ||
        EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, tag) != 1) {
        return false;
    }
    *len = (size_t)part + (size_t)rest;
    return true;
}

const struct pjwt_content pjwt_content_a128gcm = {
    .name = "A128GCM",
    .key = 16,
    .iv = IV_BYTES,
    .tag = TAG_BYTES,
    .cipher = "AES-128-GCM",
    .open = open_sealed,
    .seal = seal,
};

const struct pjwt_content pjwt_content_a256gcm = {
    .name = "A256GCM",
    .key = 32,
    .iv = IV_BYTES,
    .tag = TAG_BYTES,
    .cipher = "AES-256-GCM",
    .open = open_sealed,
    .seal = seal,
};
