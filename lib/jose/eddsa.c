/* What can an Edwards curve key do? RFC 8037, RFC 9864. */
#include "lib/jose/ed25519.h"
#include "lib/jose/family.h"
#include "lib/jose/param.h"

#include <string.h>

static pjwt_verdict
build_public(const struct pjwt_family *f, const json_t *jwk, EVP_PKEY **pkey,
             struct pjwt_why *why)
{
    unsigned char x[PJWT_ED25519_BYTES];

    (void)f;
    PJWT_TRY(pjwt_param_fixed(jwk, "x", x, sizeof(x), why));
    pjwt_why_set(why, "x is no point that may be a key");
    PJWT_TRY(pjwt_ed25519_public_check(x));
    *pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, x, sizeof(x));
    return *pkey != NULL ? PJWT_SAY(OK) : PJWT_SAY(NO_MEMORY);
}

static pjwt_verdict
build_private(const struct pjwt_family *f, const json_t *jwk, EVP_PKEY **pkey,
              struct pjwt_why *why)
{
    unsigned char d[PJWT_ED25519_BYTES];

    (void)f;
    PJWT_TRY(pjwt_param_fixed(jwk, "d", d, sizeof(d), why));
    *pkey = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, d, sizeof(d));
    explicit_bzero(d, sizeof(d));
    return *pkey != NULL ? PJWT_SAY(OK) : PJWT_SAY(NO_MEMORY);
}

static pjwt_verdict
verify(const struct pjwt_family *f, enum pjwt_alg alg, EVP_PKEY *pkey, struct pjwt_octets input,
       struct pjwt_octets signature)
{
    (void)f;
    (void)alg;
    /* RFC 8032 section 5.1.7: S in the range 0 <= s < L, or one signature has a twin. */
    if (signature.len != PJWT_ED25519_SIGNATURE ||
        !pjwt_ed25519_scalar_valid(signature.at + PJWT_ED25519_BYTES)) {
        return PJWT_SAY(SIGNATURE);
    }
    return pjwt_evp_verify(pkey, NULL, input, signature);
}

static pjwt_verdict
sign(const struct pjwt_family *f, enum pjwt_alg alg, EVP_PKEY *pkey, struct pjwt_octets input,
     unsigned char *signature, size_t *len)
{
    (void)f;
    (void)alg;
    *len = PJWT_ED25519_SIGNATURE;
    return pjwt_evp_sign(pkey, NULL, input, signature, len);
}

static EVP_PKEY *
generate(const struct pjwt_family *f)
{
    (void)f;
    return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
}

static bool
to_jwk(const struct pjwt_family *f, const EVP_PKEY *pkey, bool secret, json_t *jwk)
{
    unsigned char bytes[PJWT_ED25519_BYTES];
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

const struct pjwt_family pjwt_family_ed25519 = {
    .kty = "OKP",
    .crv = "Ed25519",
    .algs = PJWT_ALG_BIT(PJWT_ALG_ED25519),
    .params = params,
    .build_public = build_public,
    .build_private = build_private,
    .verify = verify,
    .sign = sign,
    .generate = generate,
    .to_jwk = to_jwk,
};
