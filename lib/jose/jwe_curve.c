/* Is this a key on a curve that ECDH-ES may use? */
#include "lib/jose/jwe_curve.h"

#include "lib/jose/param.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <string.h>

#define POINT_MAX (1 + 2 * PJWT_SHARED_MAX) /* bytes, uncompressed */

static pjwt_verdict
check_kind(const struct pjwt_curve *c, const json_t *jwk, struct pjwt_why *why)
{
    const char *kty = json_string_value(json_object_get(jwk, "kty"));
    const char *crv = json_string_value(json_object_get(jwk, "crv"));

    pjwt_why_set(why, "no key on %s", c->crv);
    return kty != NULL && crv != NULL && strcmp(kty, c->kty) == 0 && strcmp(crv, c->crv) == 0
               ? PJWT_SAY(OK)
               : PJWT_SAY(KEY_BAD);
}

/* RFC 7518 section 6.2.1.2: coordinates have the full length of the curve's field. */
static pjwt_verdict
push_point(const struct pjwt_curve *c, const json_t *jwk, OSSL_PARAM_BLD *bld,
           unsigned char point[POINT_MAX], struct pjwt_why *why)
{
    point[0] = POINT_CONVERSION_UNCOMPRESSED;
    PJWT_TRY(pjwt_param_fixed(jwk, "x", point + 1, c->bytes, why));
    PJWT_TRY(pjwt_param_fixed(jwk, "y", point + 1 + c->bytes, c->bytes, why));
    return bld != NULL &&
                   OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME, c->group,
                                                   0) == 1 &&
                   OSSL_PARAM_BLD_push_octet_string(bld, OSSL_PKEY_PARAM_PUB_KEY, point,
                                                    1 + 2 * c->bytes) == 1
               ? PJWT_SAY(OK)
               : PJWT_SAY(NO_MEMORY);
}

/* EVP refuses a point that is not on the curve. */
static pjwt_verdict
ec_public(const struct pjwt_curve *c, const json_t *jwk, EVP_PKEY **pkey, struct pjwt_why *why)
{
    PJWT_AUTO(param_bld) OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
    unsigned char point[POINT_MAX];

    PJWT_TRY(push_point(c, jwk, bld, point, why));
    pjwt_why_set(why, "x and y are no point on the curve");
    return pjwt_evp_build(c->type, EVP_PKEY_PUBLIC_KEY, bld, pkey);
}

static pjwt_verdict
read_private(const struct pjwt_curve *c, const json_t *jwk, BIGNUM **d, struct pjwt_why *why)
{
    unsigned char bytes[PJWT_SHARED_MAX];
    bool filled = false;
    pjwt_verdict verdict = pjwt_param_fixed(jwk, "d", bytes, c->bytes, why);

    if (pjwt_ok(verdict)) {
        *d = BN_secure_new();
        filled = *d != NULL && BN_bin2bn(bytes, (int)c->bytes, *d) != NULL;
        verdict = filled ? PJWT_SAY(OK) : PJWT_SAY(NO_MEMORY);
    }
    explicit_bzero(bytes, sizeof(bytes)); /* a d that is too short was written all the same */
    return verdict;
}

/* Is d in range, and x and y its point? */
static pjwt_verdict
check_pair(EVP_PKEY *pkey, struct pjwt_why *why)
{
    PJWT_AUTO(pkey_ctx) EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);

    if (ctx == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    pjwt_why_set(why, "the private part is not the public part's");
    return EVP_PKEY_private_check(ctx) == 1 && EVP_PKEY_pairwise_check(ctx) == 1
               ? PJWT_SAY(OK)
               : PJWT_SAY(KEY_BAD);
}

static pjwt_verdict
ec_private(const struct pjwt_curve *c, const json_t *jwk, EVP_PKEY **pkey, struct pjwt_why *why)
{
    PJWT_AUTO(param_bld) OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
    PJWT_AUTO(bn) BIGNUM *d = NULL;
    PJWT_AUTO(pkey) EVP_PKEY *made = NULL;
    unsigned char point[POINT_MAX];

    PJWT_TRY(push_point(c, jwk, bld, point, why));
    PJWT_TRY(read_private(c, jwk, &d, why));
    if (OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_PRIV_KEY, d) != 1) {
        return PJWT_SAY(NO_MEMORY);
    }
    pjwt_why_set(why, "x, y and d are no key on the curve");
    PJWT_TRY(pjwt_evp_build(c->type, EVP_PKEY_KEYPAIR, bld, &made));
    PJWT_TRY(check_pair(made, why));
    *pkey = pjwt_take(made);
    return PJWT_SAY(OK);
}

static pjwt_verdict
okp_public(const struct pjwt_curve *c, const json_t *jwk, EVP_PKEY **pkey, struct pjwt_why *why)
{
    unsigned char x[PJWT_SHARED_MAX];

    PJWT_TRY(pjwt_param_fixed(jwk, "x", x, c->bytes, why));
    *pkey = EVP_PKEY_new_raw_public_key_ex(NULL, c->type, NULL, x, c->bytes);
    return *pkey != NULL ? PJWT_SAY(OK) : PJWT_SAY(NO_MEMORY);
}

static pjwt_verdict
okp_read_private(const struct pjwt_curve *c, const json_t *jwk, EVP_PKEY **pkey,
                 struct pjwt_why *why)
{
    unsigned char d[PJWT_SHARED_MAX];
    pjwt_verdict verdict = pjwt_param_fixed(jwk, "d", d, c->bytes, why);

    if (pjwt_ok(verdict)) {
        *pkey = EVP_PKEY_new_raw_private_key_ex(NULL, c->type, NULL, d, c->bytes);
        verdict = *pkey != NULL ? PJWT_SAY(OK) : PJWT_SAY(NO_MEMORY);
    }
    explicit_bzero(d, sizeof(d));
    return verdict;
}

/* Each d has its x: EVP computes it, and here it must be the one that stands beside it. */
static pjwt_verdict
okp_private(const struct pjwt_curve *c, const json_t *jwk, EVP_PKEY **pkey,
            struct pjwt_why *why)
{
    PJWT_AUTO(pkey) EVP_PKEY *made = NULL;
    unsigned char x[PJWT_SHARED_MAX];
    unsigned char own[PJWT_SHARED_MAX];
    size_t len = sizeof(own);

    PJWT_TRY(okp_read_private(c, jwk, &made, why));
    PJWT_TRY(pjwt_param_fixed(jwk, "x", x, c->bytes, why));
    if (EVP_PKEY_get_raw_public_key(made, own, &len) != 1) {
        return PJWT_SAY(NO_MEMORY);
    }
    pjwt_why_set(why, "the private part is not the public part's");
    if (len != c->bytes || memcmp(x, own, len) != 0) {
        return PJWT_SAY(KEY_BAD);
    }
    *pkey = pjwt_take(made);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_curve_public(const struct pjwt_curve *c, const json_t *jwk, EVP_PKEY **pkey,
                  struct pjwt_why *why)
{
    PJWT_TRY(check_kind(c, jwk, why));
    return c->group != NULL ? ec_public(c, jwk, pkey, why) : okp_public(c, jwk, pkey, why);
}

pjwt_verdict
pjwt_curve_private(const struct pjwt_curve *c, const json_t *jwk, EVP_PKEY **pkey,
                   struct pjwt_why *why)
{
    PJWT_TRY(check_kind(c, jwk, why));
    return c->group != NULL ? ec_private(c, jwk, pkey, why) : okp_private(c, jwk, pkey, why);
}

EVP_PKEY *
pjwt_curve_generate(const struct pjwt_curve *c)
{
    return c->group != NULL ? EVP_PKEY_Q_keygen(NULL, NULL, c->type, c->group)
                            : EVP_PKEY_Q_keygen(NULL, NULL, c->type);
}

static bool
put_raw(const struct pjwt_curve *c, const EVP_PKEY *pkey, bool secret, json_t *jwk)
{
    unsigned char bytes[PJWT_SHARED_MAX];
    size_t len = sizeof(bytes);
    bool put = EVP_PKEY_get_raw_public_key(pkey, bytes, &len) == 1 && len == c->bytes &&
               pjwt_param_put(jwk, "x", bytes, len);

    if (put && secret) {
        put = EVP_PKEY_get_raw_private_key(pkey, bytes, &len) == 1 && len == c->bytes &&
              pjwt_param_put(jwk, "d", bytes, len);
        explicit_bzero(bytes, sizeof(bytes));
    }
    return put;
}

bool
pjwt_curve_to_jwk(const struct pjwt_curve *c, const EVP_PKEY *pkey, bool secret, json_t *jwk)
{
    if (c->group == NULL) {
        return put_raw(c, pkey, secret, jwk);
    }
    return pjwt_param_put_number(jwk, "x", pkey, OSSL_PKEY_PARAM_EC_PUB_X, c->bytes) &&
           pjwt_param_put_number(jwk, "y", pkey, OSSL_PKEY_PARAM_EC_PUB_Y, c->bytes) &&
           (!secret ||
            pjwt_param_put_number(jwk, "d", pkey, OSSL_PKEY_PARAM_PRIV_KEY, c->bytes));
}
