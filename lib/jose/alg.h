/* Which signature algorithms exist? One row each; there is no row for "none". RFC 7518
 * section 3.1, RFC 8037, RFC 9864. */
#ifndef PJWT_JOSE_ALG_H
#define PJWT_JOSE_ALG_H

#include "lib/base/verdict.h"

#include <stddef.h>

enum pjwt_alg {
    PJWT_ALG_NONE_KNOWN, /* not an algorithm: "we know no such name" */
    PJWT_ALG_ED25519,    /* "Ed25519", and its older name "EdDSA" with an Ed25519 key */
    PJWT_ALG_ES256,
    PJWT_ALG_RS256,
    PJWT_ALG_COUNT
};

/* A set of algorithms: bit 1 << alg. */
typedef unsigned pjwt_algs;
#define PJWT_ALG_BIT(alg) (1u << (alg))

/* The algorithm of that JOSE name (borrowed, case-sensitive; `len` bytes); PJWT_ALG_NONE_KNOWN
 * when there is none. EdDSA names ED25519. */
enum pjwt_alg pjwt_alg_from_name(const char *name, size_t len);

/* Its preferred JOSE name; static. */
const char *pjwt_alg_name(enum pjwt_alg alg);

#endif
