/* How is OpenSSL asked? */
#include "lib/jose/evp.h"

pjwt_verdict
pjwt_evp_build(const char *type, int selection, OSSL_PARAM_BLD *bld, EVP_PKEY **pkey)
{
    PJWT_AUTO(params) OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(bld);
    PJWT_AUTO(pkey_ctx) EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);

    if (params == NULL || ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1) {
        return PJWT_SAY(NO_MEMORY);
    }
    return EVP_PKEY_fromdata(ctx, pkey, selection, params) == 1 ? PJWT_SAY(OK)
                                                                : PJWT_SAY(KEY_BAD);
}

/* EVP_PKEY_CTX_set_params() answers -2 for what the key cannot do: no success either. */
static bool
tell(EVP_PKEY_CTX *ctx, const OSSL_PARAM *params)
{
    return params == NULL || EVP_PKEY_CTX_set_params(ctx, params) == 1;
}

pjwt_verdict
pjwt_evp_ready_verify(EVP_PKEY *pkey, struct pjwt_evp_scheme scheme, EVP_MD_CTX **ready)
{
    PJWT_AUTO(md_ctx) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *inner = NULL; /* the md context's own */

    if (ctx == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (EVP_DigestVerifyInit_ex(ctx, &inner, scheme.digest, NULL, NULL, pkey, NULL) != 1 ||
        !tell(inner, scheme.params)) {
        return PJWT_SAY(INTERNAL);
    }
    *ready = pjwt_take(ctx);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_evp_ready_sign(EVP_PKEY *pkey, struct pjwt_evp_scheme scheme, EVP_MD_CTX **ready)
{
    PJWT_AUTO(md_ctx) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *inner = NULL; /* the md context's own */

    if (ctx == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (EVP_DigestSignInit_ex(ctx, &inner, scheme.digest, NULL, NULL, pkey, NULL) != 1 ||
        !tell(inner, scheme.params)) {
        return PJWT_SAY(INTERNAL);
    }
    *ready = pjwt_take(ctx);
    return PJWT_SAY(OK);
}

/* A context is used up by one message. */
static pjwt_verdict
copy(const EVP_MD_CTX *ready, EVP_MD_CTX **fresh)
{
    PJWT_AUTO(md_ctx) EVP_MD_CTX *ctx = EVP_MD_CTX_new();

    if (ctx == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (EVP_MD_CTX_copy_ex(ctx, ready) != 1) {
        return PJWT_SAY(INTERNAL);
    }
    *fresh = pjwt_take(ctx);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_evp_verify(const EVP_MD_CTX *ready, struct pjwt_octets input, struct pjwt_octets signature)
{
    PJWT_AUTO(md_ctx) EVP_MD_CTX *ctx = NULL;

    PJWT_TRY(copy(ready, &ctx));
    /* Zero and negative answers alike are no proof. */
    if (EVP_DigestVerify(ctx, signature.at, signature.len, input.at, input.len) != 1) {
        return PJWT_SAY(SIGNATURE);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_evp_sign_ready(const EVP_MD_CTX *ready, struct pjwt_octets input, unsigned char *signature,
                    size_t *len)
{
    PJWT_AUTO(md_ctx) EVP_MD_CTX *ctx = NULL;

    PJWT_TRY(copy(ready, &ctx));
    return EVP_DigestSign(ctx, signature, len, input.at, input.len) == 1 ? PJWT_SAY(OK)
                                                                         : PJWT_SAY(INTERNAL);
}

pjwt_verdict
pjwt_evp_sign_scheme(EVP_PKEY *pkey, struct pjwt_evp_scheme scheme, struct pjwt_octets input,
                     unsigned char *signature, size_t *len)
{
    PJWT_AUTO(md_ctx) EVP_MD_CTX *ctx = NULL;

    PJWT_TRY(pjwt_evp_ready_sign(pkey, scheme, &ctx));
    return EVP_DigestSign(ctx, signature, len, input.at, input.len) == 1 ? PJWT_SAY(OK)
                                                                         : PJWT_SAY(INTERNAL);
}

pjwt_verdict
pjwt_evp_sign(EVP_PKEY *pkey, const char *digest, struct pjwt_octets input,
              unsigned char *signature, size_t *len)
{
    return pjwt_evp_sign_scheme(pkey, (struct pjwt_evp_scheme){digest, NULL}, input, signature,
                                len);
}
