#include "lib/store/digest.h"

#include "lib/base/own.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

PJWT_DEFINE_DROP(mdctx, EVP_MD_CTX, EVP_MD_CTX_free)

pjwt_verdict
pjwt_digest(const char *domain, const char *a, size_t a_len, const char *b, size_t b_len,
            unsigned char out[PJWT_DIGEST_SIZE])
{
    PJWT_AUTO(mdctx) EVP_MD_CTX *ctx = NULL;
    bool done = false;

    (void)ERR_set_mark();
    ctx = EVP_MD_CTX_new();
    done = ctx != NULL && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1 &&
           EVP_DigestUpdate(ctx, domain, strlen(domain) + 1) == 1 &&
           EVP_DigestUpdate(ctx, a, a_len) == 1 && EVP_DigestUpdate(ctx, b, b_len) == 1 &&
           EVP_DigestFinal_ex(ctx, out, NULL) == 1;
    (void)ERR_pop_to_mark();
    return done ? PJWT_SAY(OK) : PJWT_SAY(INTERNAL);
}
