/* What is inside a key? For the files of this folder alone. */
#ifndef PJWT_JOSE_KEY_INSIDE_H
#define PJWT_JOSE_KEY_INSIDE_H

#include "lib/jose/evp.h"
#include "lib/jose/family.h"
#include "lib/jose/key.h"
#include "lib/jose/octets.h"

struct pjwt_key {
    const struct pjwt_family *family;
    enum pjwt_alg alg;
    EVP_PKEY *pkey;
    EVP_MD_CTX *ready; /* to verify with; NULL when it signs */
    bool signs;        /* a private key: it signs and never verifies */
    char *kid;         /* NULL: none */
};

/* Reasons: SIGNATURE, INTERNAL, NO_MEMORY. */
pjwt_verdict pjwt_key_verify(const struct pjwt_key *key, struct pjwt_octets input,
                             struct pjwt_octets signature) PJWT_MUST_USE;

/* Into `signature`, PJWT_SIGNATURE_MAX bytes. Reasons: INTERNAL, NO_MEMORY. */
pjwt_verdict pjwt_key_sign(const struct pjwt_key *key, struct pjwt_octets input,
                           unsigned char *signature, size_t *len) PJWT_MUST_USE;

/* What a key is meant for: the rules below judge `use` and `key_ops` by it. */
enum pjwt_key_purpose { PJWT_KEY_VERIFIES, PJWT_KEY_SIGNS };

/*
 * What may a JWK be used for, by the members that every key type shares? Finds the family and
 * the one algorithm. `jwk` is borrowed. Reasons: as for pjwt_key_from_jwk().
 */
pjwt_verdict pjwt_key_rules_check(const json_t *jwk, enum pjwt_key_purpose purpose,
                                  pjwt_algs allowed, const struct pjwt_family **family,
                                  enum pjwt_alg *alg, struct pjwt_why *why) PJWT_MUST_USE;

#endif
