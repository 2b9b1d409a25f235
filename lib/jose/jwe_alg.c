/* Which ways to manage the key of an encrypted token exist? */
#include "lib/jose/jwe_alg.h"

#include <string.h>

static const char *const names[PJWT_JWE_COUNT] = {
    [PJWT_JWE_NONE_KNOWN] = "",
    [PJWT_JWE_RSA_OAEP_256] = "RSA-OAEP-256",
    [PJWT_JWE_ECDH_ES] = "ECDH-ES",
    [PJWT_JWE_ECDH_ES_A128KW] = "ECDH-ES+A128KW",
    [PJWT_JWE_ECDH_ES_A256KW] = "ECDH-ES+A256KW",
    [PJWT_JWE_A128KW] = "A128KW",
    [PJWT_JWE_A256KW] = "A256KW",
    [PJWT_JWE_DIR] = "dir",
};

enum pjwt_jwe_alg
pjwt_jwe_alg_from_name(const char *name)
{
    for (unsigned alg = PJWT_JWE_NONE_KNOWN + 1; alg < PJWT_JWE_COUNT; alg++) {
        if (strcmp(names[alg], name) == 0) {
            return (enum pjwt_jwe_alg)alg;
        }
    }
    return PJWT_JWE_NONE_KNOWN;
}

const char *
pjwt_jwe_alg_name(enum pjwt_jwe_alg alg)
{
    return (unsigned)alg < PJWT_JWE_COUNT ? names[alg] : names[PJWT_JWE_NONE_KNOWN];
}
