/* What can a key on a Weierstrass curve do? RFC 7518 sections 3.4 and 6.2, RFC 8812. */
#include "lib/jose/ecdsa_der.h"
#include "lib/jose/family.h"
#include "lib/jose/param.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <string.h>

#define COORDINATE_MAX PJWT_ECDSA_BYTES_MAX
#define POINT_MAX      (1 + 2 * COORDINATE_MAX) /* uncompressed */

struct curve {
    const char *group;
    const char *sn; /* what EVP calls it when it read it somewhere */
    const char *digest;
    size_t bytes; /* of a coordinate, and of r and s */
    unsigned char order[COORDINATE_MAX];
};

static const struct curve p256 = {
    .group = "P-256",
    .sn = "prime256v1",
    .digest = "SHA256",
    .bytes = 32,
    .order = {0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff,
              0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
              0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51},
};

static const struct curve p384 = {
    .group = "P-384",
    .sn = "secp384r1",
    .digest = "SHA384",
    .bytes = 48,
    .order = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
              0xc7, 0x63, 0x4d, 0x81, 0xf4, 0x37, 0x2d, 0xdf, 0x58, 0x1a, 0x0d, 0xb2,
              0x48, 0xb0, 0xa7, 0x7a, 0xec, 0xec, 0x19, 0x6a, 0xcc, 0xc5, 0x29, 0x73},
};

static const struct curve p521 = {
    .group = "P-521",
    .sn = "secp521r1",
    .digest = "SHA512",
    .bytes = 66,
    .order = {0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
              0xfa, 0x51, 0x86, 0x87, 0x83, 0xbf, 0x2f, 0x96, 0x6b, 0x7f, 0xcc,
              0x01, 0x48, 0xf7, 0x09, 0xa5, 0xd0, 0x3b, 0xb5, 0xc9, 0xb8, 0x89,
              0x9c, 0x47, 0xae, 0xbb, 0x6f, 0xb7, 0x1e, 0x91, 0x38, 0x64, 0x09},
};

static const struct curve secp256k1 = {
    .group = "secp256k1",
    .sn = "secp256k1",
    .digest = "SHA256",
    .bytes = 32,
    .order = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
              0xff, 0xff, 0xff, 0xff, 0xfe, 0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48,
              0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41},
};

/* 1 <= n < order, both big-endian. */
static bool
in_range(const struct curve *c, const unsigned char *n)
{
    static const unsigned char zero[COORDINATE_MAX];

    return memcmp(n, zero, c->bytes) != 0 && memcmp(n, c->order, c->bytes) < 0;
}

/* RFC 7518 section 6.2.1.2: "The length of this octet string MUST be the full size of a
 * coordinate for the curve specified in the "crv" parameter." EVP refuses a point that is not
 * on the curve. */
static pjwt_verdict
read_point(const struct curve *c, const json_t *jwk, unsigned char point[POINT_MAX],
           struct pjwt_why *why)
{
    point[0] = POINT_CONVERSION_UNCOMPRESSED;
    PJWT_TRY(pjwt_param_fixed(jwk, "x", point + 1, c->bytes, why));
    return pjwt_param_fixed(jwk, "y", point + 1 + c->bytes, c->bytes, why);
}

static bool
push_public(const struct curve *c, const unsigned char *point, OSSL_PARAM_BLD *bld)
{
    return bld != NULL &&
           OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME, c->group, 0) == 1 &&
           OSSL_PARAM_BLD_push_octet_string(bld, OSSL_PKEY_PARAM_PUB_KEY, point,
                                            1 + 2 * c->bytes) == 1;
}

static pjwt_verdict
build_public(const struct pjwt_family *f, const json_t *jwk, EVP_PKEY **pkey,
             struct pjwt_why *why)
{
    PJWT_AUTO(param_bld) OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
    unsigned char point[POINT_MAX];

    PJWT_TRY(read_point(f->detail, jwk, point, why));
    if (!push_public(f->detail, point, bld)) {
        return PJWT_SAY(NO_MEMORY);
    }
    pjwt_why_set(why, "x and y are no point on the curve");
    return pjwt_evp_build("EC", EVP_PKEY_PUBLIC_KEY, bld, pkey);
}

static pjwt_verdict
read_scalar(const struct curve *c, const json_t *jwk, BIGNUM **d, struct pjwt_why *why)
{
    PJWT_AUTO(bn) BIGNUM *made = BN_secure_new();
    unsigned char bytes[COORDINATE_MAX];
    bool valid = false;
    bool read = false;

    PJWT_TRY(pjwt_param_fixed(jwk, "d", bytes, c->bytes, why));
    valid = in_range(c, bytes);
    read = made != NULL && BN_bin2bn(bytes, (int)c->bytes, made) != NULL;
    explicit_bzero(bytes, sizeof(bytes));
    if (!valid) {
        pjwt_why_set(why, "d is out of range");
        return PJWT_SAY(KEY_BAD);
    }
    if (!read) {
        return PJWT_SAY(NO_MEMORY);
    }
    *d = pjwt_take(made);
    return PJWT_SAY(OK);
}

static pjwt_verdict
build_private(const struct pjwt_family *f, const json_t *jwk, EVP_PKEY **pkey,
              struct pjwt_why *why)
{
    PJWT_AUTO(param_bld) OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
    PJWT_AUTO(bn) BIGNUM *d = NULL;
    unsigned char point[POINT_MAX];

    PJWT_TRY(read_point(f->detail, jwk, point, why));
    PJWT_TRY(read_scalar(f->detail, jwk, &d, why));
    if (!push_public(f->detail, point, bld) ||
        OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_PRIV_KEY, d) != 1) {
        return PJWT_SAY(NO_MEMORY);
    }
    pjwt_why_set(why, "x, y and d are no key on the curve");
    return pjwt_evp_build("EC", EVP_PKEY_KEYPAIR, bld, pkey);
}

static pjwt_verdict
prepare(const struct pjwt_family *f, enum pjwt_alg alg, EVP_PKEY *pkey, EVP_MD_CTX **ready)
{
    const struct curve *c = f->detail;

    (void)alg;
    return pjwt_evp_ready_verify(pkey, (struct pjwt_evp_scheme){c->digest, NULL}, ready);
}

static pjwt_verdict
verify(const struct pjwt_family *f, enum pjwt_alg alg, const EVP_MD_CTX *ready,
       struct pjwt_octets input, struct pjwt_octets signature)
{
    const struct curve *c = f->detail;
    unsigned char der[PJWT_ECDSA_DER_MAX];
    size_t len = 0;

    (void)alg;
    /* RFC 7518 section 3.4: "The JWS Signature value MUST be a 64-octet sequence. If it is not
     * a 64-octet sequence, the validation has failed." (96 for ES384, 132 for ES512; RFC 8812
     * section 3.2: 64 for ES256K.) A zero r or s once forged anything. */
    if (signature.len != 2 * c->bytes || !in_range(c, signature.at) ||
        !in_range(c, signature.at + c->bytes)) {
        return PJWT_SAY(SIGNATURE);
    }
    len = pjwt_ecdsa_to_der(signature.at, c->bytes, der);
    return pjwt_evp_verify(ready, input, (struct pjwt_octets){der, len});
}

static pjwt_verdict
sign(const struct pjwt_family *f, enum pjwt_alg alg, EVP_PKEY *pkey, struct pjwt_octets input,
     unsigned char *signature, size_t *len)
{
    const struct curve *c = f->detail;
    unsigned char der[PJWT_ECDSA_DER_MAX];
    size_t der_len = sizeof(der);

    (void)alg;
    PJWT_TRY(pjwt_evp_sign(pkey, c->digest, input, der, &der_len));
    if (!pjwt_ecdsa_from_der(der, der_len, c->bytes, signature)) {
        return PJWT_SAY(INTERNAL);
    }
    *len = 2 * c->bytes;
    return PJWT_SAY(OK);
}

/* By the group's name, never by its numbers (CVE-2020-0601). RFC 5480 section 2.1.1:
 * "implicitCurve and specifiedCurve MUST NOT be used in PKIX." */
static bool
owns(const struct pjwt_family *f, const EVP_PKEY *pkey)
{
    const struct curve *c = f->detail;
    char name[32] = "";
    size_t len = 0;
    int numbers = 1;

    return EVP_PKEY_is_a(pkey, "EC") &&
           EVP_PKEY_get_int_param(pkey, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS,
                                  &numbers) == 1 &&
           numbers == 0 && EVP_PKEY_get_group_name(pkey, name, sizeof(name), &len) == 1 &&
           (strcmp(name, c->group) == 0 || strcmp(name, c->sn) == 0);
}

static EVP_PKEY *
generate(const struct pjwt_family *f)
{
    const struct curve *c = f->detail;

    return EVP_PKEY_Q_keygen(NULL, NULL, "EC", c->group);
}

static bool
to_jwk(const struct pjwt_family *f, const EVP_PKEY *pkey, bool secret, json_t *jwk)
{
    const struct curve *c = f->detail;

    return pjwt_param_put_number(jwk, "x", pkey, OSSL_PKEY_PARAM_EC_PUB_X, c->bytes) &&
           pjwt_param_put_number(jwk, "y", pkey, OSSL_PKEY_PARAM_EC_PUB_Y, c->bytes) &&
           (!secret ||
            pjwt_param_put_number(jwk, "d", pkey, OSSL_PKEY_PARAM_PRIV_KEY, c->bytes));
}

static const char *const params[] = {"x", "y", NULL};

#define FAMILY(name, curve, alg)                    \
    const struct pjwt_family pjwt_family_##name = { \
        .kty = "EC",                                \
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

FAMILY(p256, "P-256", PJWT_ALG_ES256);
FAMILY(p384, "P-384", PJWT_ALG_ES384);
FAMILY(p521, "P-521", PJWT_ALG_ES512);
FAMILY(secp256k1, "secp256k1", PJWT_ALG_ES256K); /* RFC 8812 section 3.1 */
