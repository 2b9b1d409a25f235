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
pjwt_evp_verify_scheme(EVP_PKEY *pkey, struct pjwt_evp_scheme scheme, struct pjwt_octets input,
                       struct pjwt_octets signature)
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
    /* Zero and negative answers alike are no proof. */
    if (EVP_DigestVerify(ctx, signature.at, signature.len, input.at, input.len) != 1) {
        return PJWT_SAY(SIGNATURE);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_evp_sign_scheme(EVP_PKEY *pkey, struct pjwt_evp_scheme scheme, struct pjwt_octets input,
                     unsigned char *signature, size_t *len)
{
    PJWT_AUTO(md_ctx) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *inner = NULL; /* the md context's own */

    if (ctx == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (EVP_DigestSignInit_ex(ctx, &inner, scheme.digest, NULL, NULL, pkey, NULL) != 1 ||
        !tell(inner, scheme.params) ||
        EVP_DigestSign(ctx, signature, len, input.at, input.len) != 1) {
        return PJWT_SAY(INTERNAL);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_evp_verify(EVP_PKEY *pkey, const char *digest, struct pjwt_octets input,
                struct pjwt_octets signature)
{
    return pjwt_evp_verify_scheme(pkey, (struct pjwt_evp_scheme){digest, NULL}, input,
                                  signature);
}

pjwt_verdict
pjwt_evp_sign(EVP_PKEY *pkey, const char *digest, struct pjwt_octets input,
              unsigned char *signature, size_t *len)
{
    return pjwt_evp_sign_scheme(pkey, (struct pjwt_evp_scheme){digest, NULL}, input, signature,
                                len);
}
