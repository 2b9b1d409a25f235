/* How is OpenSSL asked? The EVP calls that every family shares, and who releases what. */
#ifndef PJWT_JOSE_EVP_H
#define PJWT_JOSE_EVP_H

#include "lib/base/own.h"
#include "lib/base/verdict.h"
#include "lib/jose/octets.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

PJWT_DEFINE_DROP(pkey, EVP_PKEY, EVP_PKEY_free)
PJWT_DEFINE_DROP(pkey_ctx, EVP_PKEY_CTX, EVP_PKEY_CTX_free)
PJWT_DEFINE_DROP(md_ctx, EVP_MD_CTX, EVP_MD_CTX_free)
PJWT_DEFINE_DROP(bn, BIGNUM, BN_clear_free)
PJWT_DEFINE_DROP(bn_ctx, BN_CTX, BN_CTX_free)
PJWT_DEFINE_DROP(params, OSSL_PARAM, OSSL_PARAM_free)
PJWT_DEFINE_DROP(param_bld, OSSL_PARAM_BLD, OSSL_PARAM_BLD_free)

static inline void
pjwt_evp_pop_errors(int *mark)
{
    (void)mark;
    (void)ERR_pop_to_mark();
}

/* Leaves OpenSSL's error queue as it was found when the scope ends: what failed in here is not
 * the next caller's failure. */
#define PJWT_QUIET_OPENSSL \
    __attribute__((cleanup(pjwt_evp_pop_errors), unused)) int quiet_ = ERR_set_mark()

/* The key of type `type` with the parameters pushed to `bld`; `selection` is
 * EVP_PKEY_PUBLIC_KEY or EVP_PKEY_KEYPAIR. `*pkey` is owned by the caller. Reasons: KEY_BAD,
 * NO_MEMORY. */
pjwt_verdict pjwt_evp_build(const char *type, int selection, OSSL_PARAM_BLD *bld,
                            EVP_PKEY **pkey) PJWT_MUST_USE;

/* How a key signs: the digest, NULL where the algorithm brings its own, and what else EVP must
 * be told (borrowed), NULL for nothing. */
struct pjwt_evp_scheme {
    const char *digest;
    const OSSL_PARAM *params;
};

/*
 * A key that stands ready to verify, or to sign: OpenSSL looks up its algorithms and reads the
 * parameters once, which takes longer than all that we do for a token. `*ready` is owned by the
 * caller, and holds the key. Reasons: INTERNAL, NO_MEMORY.
 */
pjwt_verdict pjwt_evp_ready_verify(EVP_PKEY *pkey, struct pjwt_evp_scheme scheme,
                                   EVP_MD_CTX **ready) PJWT_MUST_USE;
pjwt_verdict pjwt_evp_ready_sign(EVP_PKEY *pkey, struct pjwt_evp_scheme scheme,
                                 EVP_MD_CTX **ready) PJWT_MUST_USE;

/* Any number of times; `ready` (borrowed) stays as it is. Reasons: SIGNATURE, INTERNAL,
 * NO_MEMORY. */
pjwt_verdict pjwt_evp_verify(const EVP_MD_CTX *ready, struct pjwt_octets input,
                             struct pjwt_octets signature) PJWT_MUST_USE;

/* `*len` holds the room in `signature`, then the signature's length. Reasons: INTERNAL,
 * NO_MEMORY. */
pjwt_verdict pjwt_evp_sign_ready(const EVP_MD_CTX *ready, struct pjwt_octets input,
                                 unsigned char *signature, size_t *len) PJWT_MUST_USE;

/* The same with a key that signs once. */
pjwt_verdict pjwt_evp_sign_scheme(EVP_PKEY *pkey, struct pjwt_evp_scheme scheme,
                                  struct pjwt_octets input, unsigned char *signature,
                                  size_t *len) PJWT_MUST_USE;

/* With a digest and nothing else to say. */
pjwt_verdict pjwt_evp_sign(EVP_PKEY *pkey, const char *digest, struct pjwt_octets input,
                           unsigned char *signature, size_t *len) PJWT_MUST_USE;

#endif
