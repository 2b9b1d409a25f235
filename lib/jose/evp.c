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

pjwt_verdict
pjwt_evp_verify(EVP_PKEY *pkey, const char *digest, struct pjwt_octets input,
                struct pjwt_octets signature)
{
    PJWT_AUTO(md_ctx) EVP_MD_CTX *ctx = EVP_MD_CTX_new();

    if (ctx == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (EVP_DigestVerifyInit_ex(ctx, NULL, digest, NULL, NULL, pkey, NULL) != 1) {
        return PJWT_SAY(INTERNAL);
    }
    /* Zero and negative answers alike are no proof. */
    if (EVP_DigestVerify(ctx, signature.at, signature.len, input.at, input.len) != 1) {
        return PJWT_SAY(SIGNATURE);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_evp_sign(EVP_PKEY *pkey, const char *digest, struct pjwt_octets input,
              unsigned char *signature, size_t *len)
{
    PJWT_AUTO(md_ctx) EVP_MD_CTX *ctx = EVP_MD_CTX_new();

    if (ctx == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (EVP_DigestSignInit_ex(ctx, NULL, digest, NULL, NULL, pkey, NULL) != 1 ||
        EVP_DigestSign(ctx, signature, len, input.at, input.len) != 1) {
        return PJWT_SAY(INTERNAL);
    }
    return PJWT_SAY(OK);
}
