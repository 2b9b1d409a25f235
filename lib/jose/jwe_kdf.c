/* Which key comes out of an agreed secret? */
#include "lib/jose/jwe_kdf.h"

#include "lib/jose/jwe_evp.h"
#include "lib/jose/jwe_inside.h"

#include <stdint.h>
#include <string.h>

#define HASH_BYTES     32 /* of SHA-256 */
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

/* One round of NIST SP 800-56A section 5.8.1: H(counter || Z || OtherInfo). */
static bool
hash(EVP_MD_CTX *ctx, const EVP_MD *md, uint32_t counter, struct pjwt_octets secret,
     const struct info *info, unsigned char out[HASH_BYTES])
{
    const unsigned char number[4] = {(unsigned char)(counter >> 24),
                                     (unsigned char)(counter >> 16),
                                     (unsigned char)(counter >> 8), (unsigned char)counter};

    return EVP_DigestInit_ex2(ctx, md, NULL) == 1 &&
           EVP_DigestUpdate(ctx, number, sizeof(number)) == 1 &&
           EVP_DigestUpdate(ctx, secret.at, secret.len) == 1 &&
           EVP_DigestUpdate(ctx, info->bytes, info->len) == 1 &&
           EVP_DigestFinal_ex(ctx, out, NULL) == 1;
}

/* OpenSSL has this too, as SSKDF; 3.0 writes through NULL there when memory is short. */
static bool
derive(struct pjwt_octets secret, const struct info *info, unsigned char *key, size_t len)
{
    PJWT_AUTO(md) EVP_MD *md = EVP_MD_fetch(NULL, "SHA256", NULL);
    PJWT_AUTO(md_ctx) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    unsigned char round[HASH_BYTES] = {0};
    bool good = md != NULL && ctx != NULL;
    uint32_t counter = 1;

    for (size_t done = 0; good && done < len; done += HASH_BYTES, counter++) {
        good = hash(ctx, md, counter, secret, info, round);
        memcpy(key + done, round, len - done < HASH_BYTES ? len - done : HASH_BYTES);
    }
    explicit_bzero(round, sizeof(round));
    return good;
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
