/* Does AES-CBC with an HMAC open this? RFC 7518 section 5.2. */
#include "lib/jose/jwe_content.h"
#include "lib/jose/jwe_evp.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <string.h>

#define BLOCK 16 /* bytes of AES, and of the initialization vector */

/* RFC 7518 section 5.2.2.1, step 4: AL is the number of bits of the AAD as a 64-bit big-endian
 * integer. */
static void
put_bits(size_t bytes, unsigned char al[8])
{
    uint64_t bits = (uint64_t)bytes * 8;

    for (size_t i = 0; i < 8; i++) {
        al[i] = (unsigned char)(bits >> (56 - 8 * i));
    }
}

static bool
update(EVP_MAC_CTX *ctx, struct pjwt_octets bytes)
{
    return EVP_MAC_update(ctx, bytes.at, bytes.len) == 1;
}

/* The MAC's first half over AAD, IV, ciphertext and AL, with the key's first half: step 5. */
static bool
make_tag(const struct pjwt_content *c, const unsigned char *key,
         const struct pjwt_content_parts *sealed, unsigned char *tag)
{
    PJWT_AUTO(mac) EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    PJWT_AUTO(mac_ctx) EVP_MAC_CTX *ctx = mac == NULL ? NULL : EVP_MAC_CTX_new(mac);
    OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST,
                                                            (char *)(uintptr_t)c->digest, 0),
                           OSSL_PARAM_END};
    unsigned char al[8];
    unsigned char whole[EVP_MAX_MD_SIZE];
    size_t len = 0;
    bool made = false;

    put_bits(sealed->aad.len, al);
    made = ctx != NULL && EVP_MAC_init(ctx, key, c->key / 2, params) == 1 &&
           update(ctx, sealed->aad) && update(ctx, sealed->iv) && update(ctx, sealed->text) &&
           EVP_MAC_update(ctx, al, sizeof(al)) == 1 &&
           EVP_MAC_final(ctx, whole, &len, sizeof(whole)) == 1 && len == 2 * c->tag;
    if (made) {
        memcpy(tag, whole, c->tag);
    }
    explicit_bzero(whole, sizeof(whole));
    return made;
}

/* With the key's second half; `encrypt` is 1 or 0. */
static bool
run_cbc(const struct pjwt_content *c, const unsigned char *key, int encrypt,
        struct pjwt_octets iv, struct pjwt_octets in, unsigned char *out, size_t *len)
{
    PJWT_AUTO(cipher) EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, c->cipher, NULL);
    PJWT_AUTO(cipher_ctx) EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int part = 0;
    int rest = 0;

    if (cipher == NULL || ctx == NULL ||
        EVP_CipherInit_ex2(ctx, cipher, key + c->key / 2, iv.at, encrypt, NULL) != 1 ||
        EVP_CipherUpdate(ctx, out, &part, in.at, (int)in.len) != 1 ||
        EVP_CipherFinal_ex(ctx, out + part, &rest) != 1) {
        return false;
    }
    *len = (size_t)part + (size_t)rest;
    return true;
}

/* RFC 7518 section 5.2.2.2, step 2, of the tag: "If those values are identical, then A and E
 * are considered valid, and processing is continued." So nothing is decrypted before, and no
 * padding is ever looked at that an attacker made. */
static bool
open_sealed(const struct pjwt_content *c, const unsigned char *key,
            const struct pjwt_content_parts *sealed, unsigned char *out, size_t *len)
{
    unsigned char tag[PJWT_CONTENT_TAG_MAX];
    bool same =
        make_tag(c, key, sealed, tag) && CRYPTO_memcmp(tag, sealed->tag.at, c->tag) == 0;

    explicit_bzero(tag, sizeof(tag)); /* it would be the forgery of a broken token */
    return same && sealed->text.len > 0 && sealed->text.len % BLOCK == 0 &&
           run_cbc(c, key, 0, sealed->iv, sealed->text, out, len);
}

static bool
seal(const struct pjwt_content *c, const unsigned char *key,
     const struct pjwt_content_parts *plain, unsigned char *out, size_t *len,
     unsigned char *tag)
{
    struct pjwt_content_parts sealed = *plain;

    if (!run_cbc(c, key, 1, plain->iv, plain->text, out, len)) {
        return false;
    }
    sealed.text = (struct pjwt_octets){out, *len};
    return make_tag(c, key, &sealed, tag);
}

const struct pjwt_content pjwt_content_a128cbc_hs256 = {
    .name = "A128CBC-HS256",
    .key = 32,
    .iv = BLOCK,
    .tag = 16,
    .cipher = "AES-128-CBC",
    .digest = "SHA256",
    .open = open_sealed,
    .seal = seal,
};

const struct pjwt_content pjwt_content_a256cbc_hs512 = {
    .name = "A256CBC-HS512",
    .key = 64,
    .iv = BLOCK,
    .tag = 32,
    .cipher = "AES-256-CBC",
    .digest = "SHA512",
    .open = open_sealed,
    .seal = seal,
};
