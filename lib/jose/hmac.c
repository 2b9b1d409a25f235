/* What can a symmetric key do? RFC 7518 sections 3.2 and 6.4. */
#include "lib/jose/family.h"
#include "lib/jose/param.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <string.h>

#define BYTES_NEW 64 /* enough for each of the hashes */

static const struct {
    const char *digest;
    size_t bytes; /* of the hash, and so of the signature */
} hashes[PJWT_ALG_COUNT] = {
    [PJWT_ALG_HS256] = {"SHA256", 32},
    [PJWT_ALG_HS384] = {"SHA384", 48},
    [PJWT_ALG_HS512] = {"SHA512", 64},
};

static EVP_PKEY *
from_bytes(const unsigned char *bytes, size_t len)
{
    return EVP_PKEY_new_raw_private_key_ex(NULL, "HMAC", NULL, bytes, len);
}

/* Who can verify can sign: there is one key for both. */
static pjwt_verdict
build(const struct pjwt_family *f, const json_t *jwk, EVP_PKEY **pkey, struct pjwt_why *why)
{
    unsigned char bytes[PJWT_PARAM_MAX];
    size_t len = 0;
    pjwt_verdict verdict = pjwt_param_bytes(jwk, "k", bytes, sizeof(bytes), &len, why);

    (void)f;
    if (pjwt_ok(verdict)) {
        *pkey = from_bytes(bytes, len);
        verdict = *pkey != NULL ? PJWT_SAY(OK) : PJWT_SAY(NO_MEMORY);
    }
    explicit_bzero(bytes, sizeof(bytes));
    return verdict;
}

/* RFC 7518 section 3.2: "A key of the same size as the hash output (for instance, 256 bits for
 * "HS256") or larger MUST be used with this algorithm." */
static pjwt_verdict
suits(const struct pjwt_family *f, enum pjwt_alg alg, const EVP_PKEY *pkey,
      struct pjwt_why *why)
{
    size_t len = 0;

    (void)f;
    if (EVP_PKEY_get_raw_private_key(pkey, NULL, &len) != 1) {
        return PJWT_SAY(INTERNAL);
    }
    if (len < hashes[alg].bytes) {
        pjwt_why_set(why, "k has %zu bytes, %s wants %zu", len, pjwt_alg_name(alg),
                     hashes[alg].bytes);
        return PJWT_SAY(KEY_WEAK);
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
sign(const struct pjwt_family *f, enum pjwt_alg alg, EVP_PKEY *pkey, struct pjwt_octets input,
     unsigned char *signature, size_t *len)
{
    (void)f;
    *len = PJWT_SIGNATURE_MAX;
    return pjwt_evp_sign(pkey, hashes[alg].digest, input, signature, len);
}

static pjwt_verdict
prepare(const struct pjwt_family *f, enum pjwt_alg alg, EVP_PKEY *pkey, EVP_MD_CTX **ready)
{
    (void)f;
    return pjwt_evp_ready_sign(pkey, (struct pjwt_evp_scheme){hashes[alg].digest, NULL}, ready);
}

/* RFC 7518 section 3.2 has the whole hash for a signature: a shorter one would be easier to
 * guess. And: "The comparison of the computed HMAC value to the JWS Signature value MUST be
 * done in a constant-time manner to thwart timing attacks." The length is no secret. */
static pjwt_verdict
verify(const struct pjwt_family *f, enum pjwt_alg alg, const EVP_MD_CTX *ready,
       struct pjwt_octets input, struct pjwt_octets signature)
{
    unsigned char computed[PJWT_SIGNATURE_MAX];
    size_t len = sizeof(computed);
    bool same = false;

    (void)f;
    if (signature.len != hashes[alg].bytes) {
        return PJWT_SAY(SIGNATURE);
    }
    PJWT_TRY(pjwt_evp_sign_ready(ready, input, computed, &len));
    same = len == signature.len && CRYPTO_memcmp(computed, signature.at, len) == 0;
    explicit_bzero(computed, sizeof(computed)); /* it would be the forgery of a wrong token */
    return same ? PJWT_SAY(OK) : PJWT_SAY(SIGNATURE);
}

static EVP_PKEY *
generate(const struct pjwt_family *f)
{
    unsigned char bytes[BYTES_NEW];
    EVP_PKEY *pkey = NULL;

    (void)f;
    if (RAND_priv_bytes(bytes, sizeof(bytes)) == 1) {
        pkey = from_bytes(bytes, sizeof(bytes));
    }
    explicit_bzero(bytes, sizeof(bytes));
    return pkey;
}

static bool
to_jwk(const struct pjwt_family *f, const EVP_PKEY *pkey, bool secret, json_t *jwk)
{
    unsigned char bytes[PJWT_PARAM_MAX];
    size_t len = sizeof(bytes);
    bool put = !secret; /* its public half has no parameter */

    (void)f;
    if (secret) {
        put = EVP_PKEY_get_raw_private_key(pkey, bytes, &len) == 1 &&
              pjwt_param_put(jwk, "k", bytes, len);
        explicit_bzero(bytes, sizeof(bytes));
    }
    return put;
}

static const char *const params[] = {NULL};

const struct pjwt_family pjwt_family_oct = {
    .kty = "oct",
    .crv = NULL,
    .algs = PJWT_ALGS_HMAC,
    .params = params,
    .build_public = build,
    .build_private = build,
    .prepare = prepare,
    .verify = verify,
    .sign = sign,
    .suits = suits,
    .generate = generate,
    .to_jwk = to_jwk,
};
