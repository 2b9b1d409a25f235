/* Does AES Key Wrap give this key back? */
#include "lib/jose/jwe_wrap.h"

#include "lib/jose/jwe_evp.h"

#include <openssl/crypto.h>
#include <string.h>

#define HALF 8 /* bytes: half a block of AES, the unit that is wrapped */

/* What an unwrapped key proves itself by: RFC 3394 section 2.2.3.1. */
static const unsigned char check_value[HALF] = {0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6};

/* RFC 3394 section 2.2.2, by indexing: `a` and the `n` halves at `r`, backwards through six
 * rounds of them. */
static bool
unroll(EVP_CIPHER_CTX *ctx, unsigned char a[HALF], unsigned char *r, size_t n)
{
    unsigned char block[2 * HALF];
    bool good = true;
    int len = 0;

    for (size_t t = 6 * n; t > 0 && good; t--) {
        unsigned char *half = r + (t - 1) % n * HALF;

        memcpy(block, a, HALF);
        block[HALF - 1] ^= (unsigned char)t; /* at most 48 */
        memcpy(block + HALF, half, HALF);
        good = EVP_CipherUpdate(ctx, block, &len, block, sizeof(block)) == 1;
        memcpy(a, block, HALF);
        memcpy(half, block + HALF, HALF);
    }
    explicit_bzero(block, sizeof(block));
    return good;
}

/* OpenSSL can unwrap, but queues an error when the check value is wrong, and that takes time: a
 * broken key would be told from a broken tag (RFC 7516 section 11.5). Block by block it is the
 * same work for any key. */
bool
pjwt_aes_unwrap(struct pjwt_octets kek, struct pjwt_octets wrapped, unsigned char *cek,
                size_t cek_len)
{
    const char *name = kek.len == 16 ? "AES-128-ECB" : "AES-256-ECB";
    PJWT_AUTO(cipher) EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, name, NULL);
    PJWT_AUTO(cipher_ctx) EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    unsigned char a[HALF];

    if (cipher == NULL || ctx == NULL || wrapped.len != cek_len + PJWT_WRAP_EXTRA ||
        EVP_CipherInit_ex2(ctx, cipher, kek.at, NULL, 0, NULL) != 1 ||
        EVP_CIPHER_CTX_set_padding(ctx, 0) != 1) {
        return false;
    }
    memcpy(a, wrapped.at, HALF);
    memcpy(cek, wrapped.at + HALF, cek_len);
    /* RFC 3394 section 2.2.3.1: "If unwrapping produces A[0] any other value, then the unwrap
     * must return an error and not return any key data." The caller puts a random key there. */
    return unroll(ctx, a, cek, cek_len / HALF) && CRYPTO_memcmp(a, check_value, HALF) == 0;
}

/* The default initial value is what OpenSSL takes when it is given none. */
bool
pjwt_aes_wrap(struct pjwt_octets kek, struct pjwt_octets cek, unsigned char *out)
{
    const char *name = kek.len == 16 ? "AES-128-WRAP" : "AES-256-WRAP";
    PJWT_AUTO(cipher) EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, name, NULL);
    PJWT_AUTO(cipher_ctx) EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int len = 0;
    int rest = 0;

    if (cipher == NULL || ctx == NULL) {
        return false;
    }
    EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    return EVP_EncryptInit_ex2(ctx, cipher, kek.at, NULL, NULL) == 1 &&
           EVP_EncryptUpdate(ctx, out, &len, cek.at, (int)cek.len) == 1 &&
           EVP_EncryptFinal_ex(ctx, out + len, &rest) == 1 &&
           (size_t)len + (size_t)rest == cek.len + PJWT_WRAP_EXTRA;
}
