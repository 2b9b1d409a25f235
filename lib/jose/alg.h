/* Which signature algorithms exist? One row each; there is no row for "none". RFC 7518
 * section 3.1, RFC 8037, RFC 8812, RFC 9864. */
#ifndef PJWT_JOSE_ALG_H
#define PJWT_JOSE_ALG_H

#include "lib/base/verdict.h"

#include <stddef.h>

enum pjwt_alg {
    PJWT_ALG_NONE_KNOWN, /* not an algorithm: "we know no such name" */
    PJWT_ALG_ED25519,    /* "Ed25519", and the older name "EdDSA" with an Ed25519 key */
    PJWT_ALG_ED448,      /* "Ed448", and "EdDSA" with an Ed448 key */
    PJWT_ALG_ES256,
    PJWT_ALG_ES384,
    PJWT_ALG_ES512,
    PJWT_ALG_ES256K,
    PJWT_ALG_RS256,
    PJWT_ALG_RS384,
    PJWT_ALG_RS512,
    PJWT_ALG_PS256,
    PJWT_ALG_PS384,
    PJWT_ALG_PS512,
    PJWT_ALG_HS256,
    PJWT_ALG_HS384,
    PJWT_ALG_HS512,
    PJWT_ALG_COUNT
};

/* A set of algorithms: bit 1 << alg. */
typedef unsigned pjwt_algs;
#define PJWT_ALG_BIT(alg) (1u << (alg))

/* Those with a secret that both sides hold. */
#define PJWT_ALGS_HMAC \
    (PJWT_ALG_BIT(PJWT_ALG_HS256) | PJWT_ALG_BIT(PJWT_ALG_HS384) | PJWT_ALG_BIT(PJWT_ALG_HS512))

/* Does `algs` list symmetric algorithms and nothing else? Only then may a symmetric key prove
 * anything: one list that holds both kinds counts as asymmetric (RFC 8725 section 2.1). */
static inline bool
pjwt_algs_symmetric(pjwt_algs algs)
{
    return algs != 0 && (algs & ~PJWT_ALGS_HMAC) == 0;
}

/* The algorithm of that JOSE name (borrowed, case-sensitive; `len` bytes); PJWT_ALG_NONE_KNOWN
 * when there is none. EdDSA names ED25519. */
enum pjwt_alg pjwt_alg_from_name(const char *name, size_t len);

/* All that the name can mean, 0 when there is none: EdDSA leaves the curve to the key
 * (RFC 8037 section 3.1), any other name means one. */
pjwt_algs pjwt_algs_from_name(const char *name, size_t len);

/* Its preferred JOSE name; static. */
const char *pjwt_alg_name(enum pjwt_alg alg);

#endif
