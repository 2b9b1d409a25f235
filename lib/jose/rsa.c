/* What can an RSA key do? RFC 7518 sections 3.3, 3.5 and 6.3. */
#include "lib/jose/family.h"
#include "lib/jose/param.h"

#include <openssl/core_names.h>

/* RFC 7518 sections 3.3 and 3.5: "A key of size 2048 bits or larger MUST be used with these
 * algorithms."
 * The other end is PJWT_PARAM_MAX, 8192 bits: a larger key only costs time. */
#define BITS_MIN      2048
#define BITS_NEW      3072
#define EXPONENT_MIN  65537
#define EXPONENT_BITS 64 /* what OpenSSL takes with a large modulus */

/* JWK members and the EVP parameters they become; the first two are public. */
static const struct {
    const char *member;
    const char *param;
} numbers[] = {
    {"n", OSSL_PKEY_PARAM_RSA_N},          {"e", OSSL_PKEY_PARAM_RSA_E},
    {"d", OSSL_PKEY_PARAM_RSA_D},          {"p", OSSL_PKEY_PARAM_RSA_FACTOR1},
    {"q", OSSL_PKEY_PARAM_RSA_FACTOR2},    {"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1},
    {"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2}, {"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1},
};

#define PUBLIC_NUMBERS 2
#define ALL_NUMBERS    (sizeof(numbers) / sizeof(numbers[0]))

static pjwt_verdict
check_modulus(const BIGNUM *n, struct pjwt_why *why)
{
    int bits = BN_num_bits(n);

    pjwt_why_set(why, "n has %d bits", bits);
    if (bits < BITS_MIN) {
        return PJWT_SAY(KEY_WEAK);
    }
    pjwt_why_set(why, "n is even");
    return BN_is_odd(n) ? PJWT_SAY(OK) : PJWT_SAY(KEY_WEAK);
}

/* With e = 1 every text is its own signature; a small e has a history of forgeries. */
static pjwt_verdict
check_exponent(const BIGNUM *e, struct pjwt_why *why)
{
    if (BN_num_bits(e) > EXPONENT_BITS) {
        pjwt_why_set(why, "e has more than %d bits", EXPONENT_BITS);
        return PJWT_SAY(KEY_BAD);
    }
    pjwt_why_set(why, "e is even or below %d", EXPONENT_MIN);
    return BN_is_odd(e) && BN_get_word(e) >= EXPONENT_MIN ? PJWT_SAY(OK) : PJWT_SAY(KEY_WEAK);
}

static pjwt_verdict
read_numbers(const json_t *jwk, size_t count, BIGNUM **number, struct pjwt_why *why)
{
    for (size_t i = 0; i < count; i++) {
        PJWT_TRY(pjwt_param_number(jwk, numbers[i].member, &number[i], why));
    }
    PJWT_TRY(check_modulus(number[0], why));
    return check_exponent(number[1], why);
}

static pjwt_verdict
make(int selection, size_t count, BIGNUM *const *number, EVP_PKEY **pkey, struct pjwt_why *why)
{
    PJWT_AUTO(param_bld) OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();

    if (bld == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    for (size_t i = 0; i < count; i++) {
        if (OSSL_PARAM_BLD_push_BN(bld, numbers[i].param, number[i]) != 1) {
            return PJWT_SAY(NO_MEMORY);
        }
    }
    pjwt_why_set(why, "the numbers are no RSA key");
    return pjwt_evp_build("RSA", selection, bld, pkey);
}

static pjwt_verdict
build(const json_t *jwk, int selection, size_t count, EVP_PKEY **pkey, struct pjwt_why *why)
{
    BIGNUM *number[ALL_NUMBERS] = {NULL};
    pjwt_verdict verdict = read_numbers(jwk, count, number, why);

    if (pjwt_ok(verdict)) {
        verdict = make(selection, count, number, pkey, why);
    }
    for (size_t i = 0; i < count; i++) {
        BN_clear_free(number[i]);
    }
    return verdict;
}

static pjwt_verdict
build_public(const struct pjwt_family *f, const json_t *jwk, EVP_PKEY **pkey,
             struct pjwt_why *why)
{
    (void)f;
    return build(jwk, EVP_PKEY_PUBLIC_KEY, PUBLIC_NUMBERS, pkey, why);
}

/* All the numbers or none: RFC 7518 section 6.3.2 lets d stand alone, but nobody writes that.
 */
static pjwt_verdict
build_private(const struct pjwt_family *f, const json_t *jwk, EVP_PKEY **pkey,
              struct pjwt_why *why)
{
    (void)f;
    if (json_object_get(jwk, "oth") != NULL) {
        pjwt_why_set(why, "oth: a key of more than two primes");
        return PJWT_SAY(KEY_BAD);
    }
    return build(jwk, EVP_PKEY_KEYPAIR, ALL_NUMBERS, pkey, why);
}

/* RFC 7518 section 3.5: "The size of the salt value is the same size as the hash function
 * output", and MGF1 uses the same hash. Left to itself OpenSSL takes a salt of any length. */
#define PSS(name)                                                                        \
    static const OSSL_PARAM pss_##name[] = {                                             \
        OSSL_PARAM_utf8_string(OSSL_SIGNATURE_PARAM_PAD_MODE, (char[]){"pss"}, 3),       \
        OSSL_PARAM_utf8_string(OSSL_SIGNATURE_PARAM_MGF1_DIGEST, (char[]){#name}, 6),    \
        OSSL_PARAM_utf8_string(OSSL_SIGNATURE_PARAM_PSS_SALTLEN, (char[]){"digest"}, 6), \
        OSSL_PARAM_END}

PSS(SHA256);
PSS(SHA384);
PSS(SHA512);

/* EVP's padding for RSA is PKCS #1 v1.5 unless it is told otherwise: that of RS256 and its
 * kin. */
static const struct pjwt_evp_scheme schemes[PJWT_ALG_COUNT] = {
    [PJWT_ALG_RS256] = {"SHA256", NULL},       [PJWT_ALG_RS384] = {"SHA384", NULL},
    [PJWT_ALG_RS512] = {"SHA512", NULL},       [PJWT_ALG_PS256] = {"SHA256", pss_SHA256},
    [PJWT_ALG_PS384] = {"SHA384", pss_SHA384}, [PJWT_ALG_PS512] = {"SHA512", pss_SHA512},
};

static pjwt_verdict
prepare(const struct pjwt_family *f, enum pjwt_alg alg, EVP_PKEY *pkey, EVP_MD_CTX **ready)
{
    (void)f;
    return pjwt_evp_ready_verify(pkey, schemes[alg], ready);
}

static const EVP_PKEY *
held_key(const EVP_MD_CTX *ready)
{
    return EVP_PKEY_CTX_get0_pkey(EVP_MD_CTX_get_pkey_ctx(ready));
}

static pjwt_verdict
verify(const struct pjwt_family *f, enum pjwt_alg alg, const EVP_MD_CTX *ready,
       struct pjwt_octets input, struct pjwt_octets signature)
{
    (void)f;
    (void)alg;
    /* RFC 8017 sections 8.1.2 and 8.2.2, step 1: "If the length of the signature S is not k
     * octets, output "invalid signature" and stop." */
    if (signature.len != (size_t)EVP_PKEY_get_size(held_key(ready))) {
        return PJWT_SAY(SIGNATURE);
    }
    return pjwt_evp_verify(ready, input, signature);
}

static pjwt_verdict
sign(const struct pjwt_family *f, enum pjwt_alg alg, EVP_PKEY *pkey, struct pjwt_octets input,
     unsigned char *signature, size_t *len)
{
    (void)f;
    *len = PJWT_SIGNATURE_MAX;
    return pjwt_evp_sign_scheme(pkey, schemes[alg], input, signature, len);
}

/* A key that is marked for PSS alone is of another type to EVP, and no JWK can say so. */
static bool
owns(const struct pjwt_family *f, const EVP_PKEY *pkey)
{
    (void)f;
    return EVP_PKEY_is_a(pkey, "RSA");
}

static EVP_PKEY *
generate(const struct pjwt_family *f)
{
    (void)f;
    return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)BITS_NEW);
}

static bool
to_jwk(const struct pjwt_family *f, const EVP_PKEY *pkey, bool secret, json_t *jwk)
{
    size_t count = secret ? ALL_NUMBERS : PUBLIC_NUMBERS;

    (void)f;
    for (size_t i = 0; i < count; i++) {
        if (!pjwt_param_put_number(jwk, numbers[i].member, pkey, numbers[i].param, 0)) {
            return false;
        }
    }
    return true;
}

static const char *const params[] = {"e", "n", NULL};

const struct pjwt_family pjwt_family_rsa = {
    .kty = "RSA",
    .crv = NULL,
    .algs = PJWT_ALG_BIT(PJWT_ALG_RS256) | PJWT_ALG_BIT(PJWT_ALG_RS384) |
            PJWT_ALG_BIT(PJWT_ALG_RS512) | PJWT_ALG_BIT(PJWT_ALG_PS256) |
            PJWT_ALG_BIT(PJWT_ALG_PS384) | PJWT_ALG_BIT(PJWT_ALG_PS512),
    .params = params,
    .build_public = build_public,
    .build_private = build_private,
    .prepare = prepare,
    .verify = verify,
    .sign = sign,
    .owns = owns,
    .generate = generate,
    .to_jwk = to_jwk,
};
