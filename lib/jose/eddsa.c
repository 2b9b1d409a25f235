/* What can an Edwards curve key do? RFC 8037, RFC 9864. */
#include "lib/jose/ed25519.h"
#include "lib/jose/ed448.h"
#include "lib/jose/family.h"
#include "lib/jose/param.h"

#include <string.h>

#define BYTES_MAX PJWT_ED448_BYTES

struct curve {
    const char *type;
    size_t bytes; /* of a public or private key, and of half a signature */
    pjwt_verdict (*public_check)(const unsigned char *key);
    bool (*signature_valid)(const unsigned char *signature);
};

/* R needs no look here: OpenSSL compares its bytes with those it computed. */
static bool
ed25519_signature_valid(const unsigned char *signature)
{
    return pjwt_ed25519_scalar_valid(signature + PJWT_ED25519_BYTES);
}

static const struct curve ed25519 = {"ED25519", PJWT_ED25519_BYTES, pjwt_ed25519_public_check,
                                     ed25519_signature_valid};
static const struct curve ed448 = {"ED448", PJWT_ED448_BYTES, pjwt_ed448_public_check,
                                   pjwt_ed448_signature_valid};

static pjwt_verdict
build_public(const struct pjwt_family *f, const json_t *jwk, EVP_PKEY **pkey,
             struct pjwt_why *why)
{
    const struct curve *c = f->detail;
    unsigned char x[BYTES_MAX];

    PJWT_TRY(pjwt_param_fixed(jwk, "x", x, c->bytes, why));
    pjwt_why_set(why, "x is no point that may be a key");
    PJWT_TRY(c->public_check(x));
    *pkey = EVP_PKEY_new_raw_public_key_ex(NULL, c->type, NULL, x, c->bytes);
    return *pkey != NULL ? PJWT_SAY(OK) : PJWT_SAY(NO_MEMORY);
}

static pjwt_verdict
build_private(const struct pjwt_family *f, const json_t *jwk, EVP_PKEY **pkey,
              struct pjwt_why *why)
{
    const struct curve *c = f->detail;
    unsigned char d[BYTES_MAX];

    PJWT_TRY(pjwt_param_fixed(jwk, "d", d, c->bytes, why));
    *pkey = EVP_PKEY_new_raw_private_key_ex(NULL, c->type, NULL, d, c->bytes);
    explicit_bzero(d, sizeof(d));
    return *pkey != NULL ? PJWT_SAY(OK) : PJWT_SAY(NO_MEMORY);
}

static pjwt_verdict
prepare(const struct pjwt_family *f, enum pjwt_alg alg, EVP_PKEY *pkey, EVP_MD_CTX **ready)
{
    (void)f;
    (void)alg;
    return pjwt_evp_ready_verify(pkey, (struct pjwt_evp_scheme){NULL, NULL}, ready);
}

static pjwt_verdict
verify(const struct pjwt_family *f, enum pjwt_alg alg, const EVP_MD_CTX *ready,
       struct pjwt_octets input, struct pjwt_octets signature)
{
    const struct curve *c = f->detail;

    (void)alg;
    /* RFC 8032 sections 5.1.7 and 5.2.7: "Decode the first half as a point R, and the second
     * half as an integer S, in the range 0 <= s < L. ... If any of the decodings fail
     * (including S being out of range), the signature is invalid." Else one signature has a
     * twin. */
    if (signature.len != 2 * c->bytes || !c->signature_valid(signature.at)) {
        return PJWT_SAY(SIGNATURE);
    }
    return pjwt_evp_verify(ready, input, signature);
}

static pjwt_verdict
sign(const struct pjwt_family *f, enum pjwt_alg alg, EVP_PKEY *pkey, struct pjwt_octets input,
     unsigned char *signature, size_t *len)
{
    const struct curve *c = f->detail;

    (void)alg;
    *len = 2 * c->bytes;
    return pjwt_evp_sign(pkey, NULL, input, signature, len);
}

static bool
owns(const struct pjwt_family *f, const EVP_PKEY *pkey)
{
    const struct curve *c = f->detail;

    return EVP_PKEY_is_a(pkey, c->type);
}

static EVP_PKEY *
generate(const struct pjwt_family *f)
{
    const struct curve *c = f->detail;

    return EVP_PKEY_Q_keygen(NULL, NULL, c->type);
}

static bool
to_jwk(const struct pjwt_family *f, const EVP_PKEY *pkey, bool secret, json_t *jwk)
{
    unsigned char bytes[BYTES_MAX];
    size_t len = sizeof(bytes);
    bool put = false;

    (void)f;
    if (EVP_PKEY_get_raw_public_key(pkey, bytes, &len) != 1 ||
        !pjwt_param_put(jwk, "x", bytes, len)) {
        return false;
    }
    if (!secret) {
        return true;
    }
    len = sizeof(bytes);
    put = EVP_PKEY_get_raw_private_key(pkey, bytes, &len) == 1 &&
          pjwt_param_put(jwk, "d", bytes, len);
    explicit_bzero(bytes, sizeof(bytes));
    return put;
}

static const char *const params[] = {"x", NULL};

#define FAMILY(name, curve, alg)                    \
    const struct pjwt_family pjwt_family_##name = { \
        .kty = "OKP",                               \
        .crv = (curve),                             \
        .algs = PJWT_ALG_BIT(alg),                  \
        .params = params,                           \
        .detail = &(name),                          \
        .build_public = build_public,               \
        .build_private = build_private,             \
        .prepare = prepare,                         \
        .verify = verify,                           \
        .sign = sign,                               \
        .owns = owns,                               \
        .generate = generate,                       \
        .to_jwk = to_jwk,                           \
    }

FAMILY(ed25519, "Ed25519", PJWT_ALG_ED25519);
FAMILY(ed448, "Ed448", PJWT_ALG_ED448);
