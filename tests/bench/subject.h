/* What is verified? One token of each algorithm, its key, and both as the contestants want them.
 */
#ifndef PJWT_BENCH_SUBJECT_H
#define PJWT_BENCH_SUBJECT_H

#include "lib/base/json.h"
#include "lib/base/secret.h"
#include "lib/jose/key.h"
#include "lib/jose/octets.h"
#include "lib/policy/config.h"

#include <openssl/evp.h>
#include <stdint.h>

#define SUBJECT_ISS "https://idp.example.com/realms/corp"
#define SUBJECT_AUD "pam:web1.example.com"

struct subject {
    const char *alg;           /* its JOSE name */
    struct pjwt_secret *token; /* compact */
    json_t *public_jwk;        /* the private one where the key is a shared secret */
    char *pem;                 /* the public key; NULL for a shared secret */
    unsigned char secret[64];  /* the shared secret */
    size_t secret_len;         /* 0: none */
    char *keys;                /* a file with this key among nine others */
    struct pjwt_issuer issuer; /* what the config says of the issuer */
    int64_t now;               /* seconds since the epoch */

    /* For the bare call: nothing is left to parse. */
    EVP_PKEY *pkey;
    const char *digest;        /* NULL where the algorithm brings its own */
    const OSSL_PARAM *params;  /* NULL: nothing else to say */
    struct pjwt_octets input;  /* borrowed from the token */
    unsigned char signature[1024]; /* as EVP wants it: DER for ECDSA */
    size_t signature_len;
};

/* The algorithm called `alg`, with its files in `dir`; everything is owned by the caller and
 * freed by the end of the process. NULL when it cannot be made. */
struct subject *subject_new(const char *alg, const char *dir);

#endif
