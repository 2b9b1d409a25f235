/* Does AES Key Wrap give this key back? */
#include "lib/jose/jwe_wrap.h"

#include "lib/jose/jwe_evp.h"

/* One shot; `encrypt` is 1 or 0. The default initial value of RFC 3394 section 2.2.3.1 is what
 * OpenSSL checks when it is given none. */
static bool
run(struct pjwt_octets kek, int encrypt, struct pjwt_octets in, unsigned char *out,
    size_t out_len)
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
    return EVP_CipherInit_ex2(ctx, cipher, kek.at, NULL, encrypt, NULL) == 1 &&
           EVP_CipherUpdate(ctx, out, &len, in.at, (int)in.len) == 1 &&
           EVP_CipherFinal_ex(ctx, out + len, &rest) == 1 &&
           (size_t)len + (size_t)rest == out_len;
}

bool
pjwt_aes_unwrap(struct pjwt_octets kek, struct pjwt_octets wrapped, unsigned char *cek,
                size_t cek_len)
{
    return wrapped.len == cek_len + PJWT_WRAP_EXTRA && run(kek, 0, wrapped, cek, cek_len);
}

bool
pjwt_aes_wrap(struct pjwt_octets kek, struct pjwt_octets cek, unsigned char *out)
{
    return run(kek, 1, cek, out, cek.len + PJWT_WRAP_EXTRA);
}
