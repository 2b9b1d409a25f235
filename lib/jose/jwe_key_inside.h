/* What is inside a key of encryption, and what can each kind do? For the files of this folder
 * alone. */
#ifndef PJWT_JOSE_JWE_KEY_INSIDE_H
#define PJWT_JOSE_JWE_KEY_INSIDE_H

#include "lib/jose/jwe_content.h"
#include "lib/jose/jwe_evp.h"
#include "lib/jose/jwe_key.h"

#define PJWT_WRAPPED_MAX 1024 /* bytes: RSA with 8192 bits */

struct pjwt_jwe_key {
    const struct pjwt_jwe_family *family;
    enum pjwt_jwe_alg alg;
    const struct pjwt_content *content; /* of `dir`: the one it is for; else NULL */
    bool opens;                         /* the private half stands in it */
    EVP_PKEY *pkey;                     /* RSA, EC, OKP */
    struct pjwt_secret *octets;         /* oct */
    char *kid;                          /* NULL: none */
};

/* What a token says about its content encryption key; all borrowed. */
struct pjwt_wrapped {
    const json_t *header;
    const struct pjwt_content *content; /* the CEK has content->key bytes */
    struct pjwt_octets bytes;           /* the JWE Encrypted Key */
};

/* One kind of key: RFC 7518 sections 4.3 to 4.6. */
struct pjwt_jwe_family {
    const char *kty;
    const char *crv; /* NULL: a type without curves */
    pjwt_jwe_algs algs;
    const char *const *params; /* its public parameters, NULL-terminated */
    const void *detail;        /* the file's own */

    /* Fills key->pkey or key->octets. Reasons: as pjwt_jwe_key_from_jwk(). */
    pjwt_verdict (*build)(const struct pjwt_jwe_family *f, const json_t *jwk,
                          struct pjwt_jwe_key *key, struct pjwt_why *why);

    /* Into `cek`, exactly content->key bytes. False when it cannot be had, for whatever cause:
     * the caller goes on with another key all the same. */
    bool (*unwrap)(const struct pjwt_jwe_key *key, const struct pjwt_wrapped *wrapped,
                   unsigned char *cek);

    /* The other way: `cek` holds a random key (which `dir` and ECDH-ES replace by theirs), epk
     * goes into `header`, the encrypted key into `out`, PJWT_WRAPPED_MAX bytes. */
    bool (*wrap)(const struct pjwt_jwe_key *key, const struct pjwt_content *content,
                 json_t *header, unsigned char *cek, unsigned char *out, size_t *len);

    /* Adds the parameters of a new key to `jwk`; `bytes` is the size of a symmetric one. */
    bool (*generate)(const struct pjwt_jwe_family *f, size_t bytes, json_t *jwk);
};

extern const struct pjwt_jwe_family pjwt_jwe_rsa;    /* jwe_rsa.c */
extern const struct pjwt_jwe_family pjwt_jwe_p256;   /* jwe_ecdh.c */
extern const struct pjwt_jwe_family pjwt_jwe_p384;   /* jwe_ecdh.c */
extern const struct pjwt_jwe_family pjwt_jwe_x25519; /* jwe_ecdh.c */
extern const struct pjwt_jwe_family pjwt_jwe_oct;    /* jwe_oct.c */

/* Static; NULL when there is none. */
const struct pjwt_jwe_family *pjwt_jwe_family_find(const char *kty, const char *crv);

/* What do the members that all keys share say? Fills alg, content and family of `key`. Reasons:
 * KEY_BAD, KEY_UNUSABLE, ALG_UNPINNED. */
pjwt_verdict pjwt_jwe_key_rules_check(const json_t *jwk, enum pjwt_jwe_purpose purpose,
                                      struct pjwt_jwe_key *key,
                                      struct pjwt_why *why) PJWT_MUST_USE;

#endif
