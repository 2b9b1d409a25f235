/* Which kinds of key do we know, and what can each do? One row for each kty and crv; a new
 * algorithm is a row, a new kind of key a file with its rows. */
#ifndef PJWT_JOSE_FAMILY_H
#define PJWT_JOSE_FAMILY_H

#include "lib/base/json.h"
#include "lib/base/why.h"
#include "lib/jose/alg.h"
#include "lib/jose/octets.h"

#include <openssl/evp.h>

#define PJWT_SIGNATURE_MAX 1024 /* bytes: RSA with 8192 bits */

struct pjwt_family {
    const char *kty;           /* RFC 7517 section 4.1 */
    const char *crv;           /* NULL: a type without curves */
    pjwt_algs algs;            /* what a key of this kind can verify */
    const char *const *params; /* its public parameters, NULL-terminated */
    const void *detail;        /* the file's own: curve, sizes */

    /* The EVP key of a JWK's parameters; `*pkey` is owned by the caller. Reasons: KEY_BAD,
     * KEY_WEAK, INTERNAL, NO_MEMORY. The private one may be another than the public one: the
     * caller compares. */
    pjwt_verdict (*build_public)(const struct pjwt_family *f, const json_t *jwk,
                                 EVP_PKEY **pkey, struct pjwt_why *why);
    pjwt_verdict (*build_private)(const struct pjwt_family *f, const json_t *jwk,
                                  EVP_PKEY **pkey, struct pjwt_why *why);

    /* What verify() wants of a key: `*ready` is owned by the caller, and holds the key. `alg`
     * is one of `algs`. Reasons: INTERNAL, NO_MEMORY. */
    pjwt_verdict (*prepare)(const struct pjwt_family *f, enum pjwt_alg alg, EVP_PKEY *pkey,
                            EVP_MD_CTX **ready);
    /* Any number of times. Reasons: SIGNATURE, INTERNAL, NO_MEMORY. */
    pjwt_verdict (*verify)(const struct pjwt_family *f, enum pjwt_alg alg,
                           const EVP_MD_CTX *ready, struct pjwt_octets input,
                           struct pjwt_octets signature);
    /* Into `signature`, PJWT_SIGNATURE_MAX bytes. Reasons: INTERNAL, NO_MEMORY. */
    pjwt_verdict (*sign)(const struct pjwt_family *f, enum pjwt_alg alg, EVP_PKEY *pkey,
                         struct pjwt_octets input, unsigned char *signature, size_t *len);

    /* May `alg` be used with a key of that size? Reasons: KEY_WEAK. NULL where the kind alone
     * decides. */
    pjwt_verdict (*suits)(const struct pjwt_family *f, enum pjwt_alg alg, const EVP_PKEY *pkey,
                          struct pjwt_why *why);

    /* Is this EVP key of that kind and curve? NULL where EVP keys from outside never are. */
    bool (*owns)(const struct pjwt_family *f, const EVP_PKEY *pkey);

    EVP_PKEY *(*generate)(const struct pjwt_family *f); /* NULL when it fails */
    /* Adds the key's parameters to `jwk`, the private ones when `secret`. */
    bool (*to_jwk)(const struct pjwt_family *f, const EVP_PKEY *pkey, bool secret, json_t *jwk);
};

extern const struct pjwt_family pjwt_family_ed25519; /* eddsa.c */
extern const struct pjwt_family pjwt_family_ed448;
extern const struct pjwt_family pjwt_family_p256; /* ecdsa.c */
extern const struct pjwt_family pjwt_family_p384;
extern const struct pjwt_family pjwt_family_p521;
extern const struct pjwt_family pjwt_family_secp256k1;
extern const struct pjwt_family pjwt_family_rsa; /* rsa.c */
extern const struct pjwt_family pjwt_family_oct; /* hmac.c */

/* Static; NULL when there is none. `crv` is compared where the family has one. */
const struct pjwt_family *pjwt_family_find(const char *kty, const char *crv);
const struct pjwt_family *pjwt_family_for_alg(enum pjwt_alg alg);
const struct pjwt_family *pjwt_family_of(const EVP_PKEY *pkey);

#endif
