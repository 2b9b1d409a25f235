/* Which key comes out of an agreed secret? */
#include "lib/jose/jwe_kdf.h"

#include "lib/jose/jwe_evp.h"
#include "lib/jose/jwe_inside.h"

#include <openssl/core_names.h>
#include <string.h>

#define NAME_MAX_BYTES 32
#define INFO_MAX       (4 + NAME_MAX_BYTES + 2 * (4 + PJWT_PARTY_MAX) + 4)

/* OtherInfo of NIST SP 800-56A, as RFC 7518 section 4.6.2 fills it. */
struct info {
    unsigned char bytes[INFO_MAX];
    size_t len;
};

static void
put_number(struct info *info, size_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        info->bytes[info->len++] = (unsigned char)(number >> shift);
    }
}

/* "Datalen || Data, where Data is a variable-length string of zero or more octets, and Datalen
 * is a fixed-length, big-endian 32-bit counter". */
static void
put_data(struct info *info, struct pjwt_octets data)
{
    put_number(info, data.len);
    if (data.len > 0) {
        memcpy(info->bytes + info->len, data.at, data.len);
    }
    info->len += data.len;
}

static bool
derive(struct pjwt_octets secret, const struct info *info, unsigned char *key, size_t len)
{
    PJWT_AUTO(kdf) EVP_KDF *kdf = EVP_KDF_fetch(NULL, "SSKDF", NULL);
    PJWT_AUTO(kdf_ctx) EVP_KDF_CTX *ctx = kdf == NULL ? NULL : EVP_KDF_CTX_new(kdf);
    char digest[] = "SHA256";
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)(uintptr_t)secret.at,
                                          secret.len),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)(uintptr_t)info->bytes,
                                          info->len),
        OSSL_PARAM_END,
    };

    return ctx != NULL && EVP_KDF_derive(ctx, key, len, params) == 1;
}

bool
pjwt_concat_kdf(struct pjwt_octets secret, const char *algorithm, struct pjwt_octets apu,
                struct pjwt_octets apv, unsigned char *key, size_t len)
{
    struct pjwt_octets name = {(const unsigned char *)algorithm, strlen(algorithm)};
    struct info info = {.len = 0};

    if (name.len > NAME_MAX_BYTES || apu.len > PJWT_PARTY_MAX || apv.len > PJWT_PARTY_MAX) {
        return false;
    }
    put_data(&info, name);
    put_data(&info, apu);
    put_data(&info, apv);
    put_number(&info, len * 8); /* SuppPubInfo: keydatalen in bits; SuppPrivInfo is empty */
    return derive(secret, &info, key, len);
}
