/* How does a key agreement hide a content key, or make one? RFC 7518 section 4.6, RFC 8037
 * section 3.2. */
#include "lib/base/base64url.h"
#include "lib/jose/jwe_curve.h"
#include "lib/jose/jwe_inside.h"
#include "lib/jose/jwe_kdf.h"
#include "lib/jose/jwe_key_inside.h"
#include "lib/jose/jwe_wrap.h"

#include <openssl/crypto.h>
#include <string.h>

static pjwt_verdict
build(const struct pjwt_jwe_family *f, const json_t *jwk, struct pjwt_jwe_key *key,
      struct pjwt_why *why)
{
    return key->opens ? pjwt_curve_private(f->detail, jwk, &key->pkey, why)
                      : pjwt_curve_public(f->detail, jwk, &key->pkey, why);
}

/* Z: the agreed secret, c->bytes of it. */
static bool
agree(const struct pjwt_curve *c, EVP_PKEY *ours, EVP_PKEY *theirs,
      unsigned char z[PJWT_SHARED_MAX])
{
    static const unsigned char zero[PJWT_SHARED_MAX];
    PJWT_AUTO(pkey_ctx) EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, ours, NULL);
    size_t len = PJWT_SHARED_MAX;

    if (ctx == NULL || EVP_PKEY_derive_init(ctx) != 1 ||
        EVP_PKEY_derive_set_peer_ex(ctx, theirs, 1) != 1 ||
        EVP_PKEY_derive(ctx, z, &len) != 1 || len != c->bytes) {
        return false;
    }
    /* RFC 7748 section 6.1: both "MAY check, without leaking extra information about the value
     * of K, whether K is the all-zero value and abort if so". It comes from a point of small
     * order, and anybody could know it. */
    return CRYPTO_memcmp(z, zero, len) != 0;
}

/* apu or apv; an absent one is empty. The header's check has bounded and decoded it once. */
static struct pjwt_octets
party(const json_t *header, const char *name, unsigned char bytes[PJWT_PARTY_MAX])
{
    const char *text = json_string_value(json_object_get(header, name));
    size_t len = 0;

    if (text == NULL || strlen(text) > PJWT_BASE64URL_ROOM(PJWT_PARTY_MAX) ||
        !pjwt_ok(pjwt_base64url_decode(text, strlen(text), bytes, &len))) {
        len = 0;
    }
    return (struct pjwt_octets){bytes, len};
}

/* How many bytes of key come out of the agreement: those of a key that wraps, or the CEK's. */
static size_t
derived_bytes(const struct pjwt_jwe_key *key, const struct pjwt_content *content)
{
    return key->alg == PJWT_JWE_ECDH_ES          ? content->key
           : key->alg == PJWT_JWE_ECDH_ES_A128KW ? 16
                                                 : 32;
}

/* RFC 7518 section 4.6.2: AlgorithmID is enc for direct agreement, alg otherwise. */
static bool
derive(const struct pjwt_jwe_key *key, const struct pjwt_content *content, const json_t *header,
       const unsigned char *z, unsigned char *derived)
{
    const struct pjwt_curve *c = key->family->detail;
    const char *id = key->alg == PJWT_JWE_ECDH_ES ? content->name : pjwt_jwe_alg_name(key->alg);
    unsigned char apu[PJWT_PARTY_MAX];
    unsigned char apv[PJWT_PARTY_MAX];

    return pjwt_concat_kdf((struct pjwt_octets){z, c->bytes}, id, party(header, "apu", apu),
                           party(header, "apv", apv), derived, derived_bytes(key, content));
}

static bool
agree_and_derive(const struct pjwt_jwe_key *key, const struct pjwt_content *content,
                 const json_t *header, EVP_PKEY *ours, EVP_PKEY *theirs,
                 unsigned char derived[PJWT_CEK_MAX])
{
    unsigned char z[PJWT_SHARED_MAX];
    bool good =
        agree(key->family->detail, ours, theirs, z) && derive(key, content, header, z, derived);

    explicit_bzero(z, sizeof(z));
    return good;
}

static bool
unwrap(const struct pjwt_jwe_key *key, const struct pjwt_wrapped *wrapped, unsigned char *cek)
{
    PJWT_AUTO(pkey) EVP_PKEY *theirs = NULL;
    unsigned char derived[PJWT_CEK_MAX];
    struct pjwt_octets kek = {derived, derived_bytes(key, wrapped->content)};
    /* RFC 7518 section 4.6.1.1: epk must be a point on the curve of our key. */
    bool good =
        pjwt_ok(pjwt_curve_public(key->family->detail, json_object_get(wrapped->header, "epk"),
                                  &theirs, NULL)) &&
        agree_and_derive(key, wrapped->content, wrapped->header, key->pkey, theirs, derived);

    if (good && key->alg != PJWT_JWE_ECDH_ES) {
        good = pjwt_aes_unwrap(kek, wrapped->bytes, cek, wrapped->content->key);
    } else if (good) {
        memcpy(cek, derived, kek.len);
        good = wrapped->bytes.len == 0; /* RFC 7516 section 5.2, step 10 */
    }
    explicit_bzero(derived, sizeof(derived));
    return good;
}

static bool
put_epk(const struct pjwt_curve *c, const EVP_PKEY *pkey, json_t *header)
{
    PJWT_AUTO(json) json_t *epk = json_pack("{s:s, s:s}", "kty", c->kty, "crv", c->crv);

    return epk != NULL && pjwt_curve_to_jwk(c, pkey, false, epk) &&
           json_object_set(header, "epk", epk) == 0;
}

static bool
wrap(const struct pjwt_jwe_key *key, const struct pjwt_content *content, json_t *header,
     unsigned char *cek, unsigned char *out, size_t *len)
{
    const struct pjwt_curve *c = key->family->detail;
    PJWT_AUTO(pkey) EVP_PKEY *once = pjwt_curve_generate(c);
    unsigned char derived[PJWT_CEK_MAX];
    struct pjwt_octets kek = {derived, derived_bytes(key, content)};
    bool good = once != NULL && put_epk(c, once, header) &&
                agree_and_derive(key, content, header, once, key->pkey, derived);

    *len = 0;
    if (good && key->alg != PJWT_JWE_ECDH_ES) {
        *len = content->key + PJWT_WRAP_EXTRA;
        good = pjwt_aes_wrap(kek, (struct pjwt_octets){cek, content->key}, out);
    } else if (good) {
        memcpy(cek, derived, kek.len);
    }
    explicit_bzero(derived, sizeof(derived));
    return good;
}

static bool
generate(const struct pjwt_jwe_family *f, size_t bytes, json_t *jwk)
{
    PJWT_AUTO(pkey) EVP_PKEY *pkey = pjwt_curve_generate(f->detail);

    (void)bytes;
    return pkey != NULL && pjwt_curve_to_jwk(f->detail, pkey, true, jwk);
}

static const struct pjwt_curve p256 = {"EC", "P-256", "EC", "P-256", 32};
static const struct pjwt_curve p384 = {"EC", "P-384", "EC", "P-384", 48};
static const struct pjwt_curve x25519 = {"OKP", "X25519", "X25519", NULL, 32};

static const char *const ec_params[] = {"x", "y", NULL};
static const char *const okp_params[] = {"x", NULL};

const struct pjwt_jwe_family pjwt_jwe_p256 = {"EC",  "P-256", PJWT_JWE_ECDH, ec_params, &p256,
                                              build, unwrap,  wrap,          generate};
const struct pjwt_jwe_family pjwt_jwe_p384 = {"EC",  "P-384", PJWT_JWE_ECDH, ec_params, &p384,
                                              build, unwrap,  wrap,          generate};
const struct pjwt_jwe_family pjwt_jwe_x25519 = {
    "OKP", "X25519", PJWT_JWE_ECDH, okp_params, &x25519, build, unwrap, wrap, generate};
