/* How does a shared secret hide a content key, or serve as one? RFC 7518 sections 4.4 and 4.5.
 */
#include "lib/jose/jwe_key_inside.h"
#include "lib/jose/jwe_wrap.h"
#include "lib/jose/param.h"

#include <openssl/rand.h>
#include <string.h>

static size_t
bytes_of(const struct pjwt_jwe_key *key)
{
    return key->content != NULL ? key->content->key : key->alg == PJWT_JWE_A128KW ? 16 : 32;
}

static struct pjwt_octets
octets_of(const struct pjwt_jwe_key *key)
{
    return (struct pjwt_octets){(const unsigned char *)pjwt_secret_bytes(key->octets),
                                pjwt_secret_len(key->octets)};
}

/* RFC 7518 section 4.4: a key of the size that the algorithm names, neither more nor less. */
static pjwt_verdict
build(const struct pjwt_jwe_family *f, const json_t *jwk, struct pjwt_jwe_key *key,
      struct pjwt_why *why)
{
    size_t len = bytes_of(key);

    (void)f;
    key->octets = pjwt_secret_new(len);
    if (key->octets == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    PJWT_TRY(
        pjwt_param_fixed(jwk, "k", (unsigned char *)pjwt_secret_buffer(key->octets), len, why));
    pjwt_secret_set_len(key->octets, len);
    return PJWT_SAY(OK);
}

static bool
unwrap(const struct pjwt_jwe_key *key, const struct pjwt_wrapped *wrapped, unsigned char *cek)
{
    if (key->alg != PJWT_JWE_DIR) {
        return pjwt_aes_unwrap(octets_of(key), wrapped->bytes, cek, wrapped->content->key);
    }
    /* RFC 7516 section 5.2, step 10: with direct encryption "verify that the JWE Encrypted Key
     * value is an empty octet sequence." */
    memcpy(cek, octets_of(key).at, wrapped->content->key);
    return wrapped->bytes.len == 0;
}

static bool
wrap(const struct pjwt_jwe_key *key, const struct pjwt_content *content, json_t *header,
     unsigned char *cek, unsigned char *out, size_t *len)
{
    (void)header;
    if (key->alg == PJWT_JWE_DIR) {
        memcpy(cek, octets_of(key).at, content->key);
        *len = 0;
        return true;
    }
    *len = content->key + PJWT_WRAP_EXTRA;
    return pjwt_aes_wrap(octets_of(key), (struct pjwt_octets){cek, content->key}, out);
}

static bool
generate(const struct pjwt_jwe_family *f, size_t bytes, json_t *jwk)
{
    unsigned char made[PJWT_CEK_MAX];
    bool good = bytes <= sizeof(made) && RAND_priv_bytes(made, (int)bytes) == 1 &&
                pjwt_param_put(jwk, "k", made, bytes);

    (void)f;
    explicit_bzero(made, sizeof(made));
    return good;
}

static const char *const params[] = {NULL};

const struct pjwt_jwe_family pjwt_jwe_oct = {
    .kty = "oct",
    .algs = PJWT_JWE_BIT(PJWT_JWE_A128KW) | PJWT_JWE_BIT(PJWT_JWE_A256KW) |
            PJWT_JWE_BIT(PJWT_JWE_DIR),
    .params = params,
    .build = build,
    .unwrap = unwrap,
    .wrap = wrap,
    .generate = generate,
};
