/* Which ways to manage the key of an encrypted token exist? One row each; there is none for
 * RSA1_5, RSA-OAEP with SHA-1, PBES2 or 192 bits. RFC 7518 section 4.1, RFC 8037 section 3.2.
 */
#ifndef PJWT_JOSE_JWE_ALG_H
#define PJWT_JOSE_JWE_ALG_H

enum pjwt_jwe_alg {
    PJWT_JWE_NONE_KNOWN, /* not an algorithm: "we know no such name" */
    PJWT_JWE_RSA_OAEP_256,
    PJWT_JWE_ECDH_ES,
    PJWT_JWE_ECDH_ES_A128KW,
    PJWT_JWE_ECDH_ES_A256KW,
    PJWT_JWE_A128KW,
    PJWT_JWE_A256KW,
    PJWT_JWE_DIR,
    PJWT_JWE_COUNT
};

/* A set of them: bit 1 << alg. */
typedef unsigned pjwt_jwe_algs;
#define PJWT_JWE_BIT(alg) (1u << (alg))
#define PJWT_JWE_ECDH                                                         \
    (PJWT_JWE_BIT(PJWT_JWE_ECDH_ES) | PJWT_JWE_BIT(PJWT_JWE_ECDH_ES_A128KW) | \
     PJWT_JWE_BIT(PJWT_JWE_ECDH_ES_A256KW))

/* The algorithm of that JOSE name (borrowed, case-sensitive); PJWT_JWE_NONE_KNOWN when there is
 * none. */
enum pjwt_jwe_alg pjwt_jwe_alg_from_name(const char *name);

/* Its JOSE name; static. */
const char *pjwt_jwe_alg_name(enum pjwt_jwe_alg alg);

#endif
