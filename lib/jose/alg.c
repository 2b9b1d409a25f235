/* Which signature algorithms exist? */
#include "lib/jose/alg.h"

#include <string.h>

/* The first name of an algorithm is the one that we write. */
static const struct {
    const char *name;
    enum pjwt_alg alg;
} names[] = {
    {"Ed25519", PJWT_ALG_ED25519}, /* RFC 9864 section 2.2 */
    {"EdDSA", PJWT_ALG_ED25519},   /* RFC 8037 section 3.1, deprecated by RFC 9864 */
    {"Ed448", PJWT_ALG_ED448},     /* RFC 9864 section 2.2 */
    {"EdDSA", PJWT_ALG_ED448},     /* the same name; the key's curve decides */
    {"ES256", PJWT_ALG_ES256},     /* RFC 7518 section 3.4 */
    {"ES384", PJWT_ALG_ES384},     /* the same */
    {"ES512", PJWT_ALG_ES512},     /* the same, with P-521 */
    {"ES256K", PJWT_ALG_ES256K},   /* RFC 8812 section 3.2 */
    {"RS256", PJWT_ALG_RS256},     /* RFC 7518 section 3.3 */
    {"RS384", PJWT_ALG_RS384},     {"RS512", PJWT_ALG_RS512},
    {"PS256", PJWT_ALG_PS256}, /* RFC 7518 section 3.5 */
    {"PS384", PJWT_ALG_PS384},     {"PS512", PJWT_ALG_PS512},
    {"HS256", PJWT_ALG_HS256}, /* RFC 7518 section 3.2 */
    {"HS384", PJWT_ALG_HS384},     {"HS512", PJWT_ALG_HS512},
};

#define NAMES (sizeof(names) / sizeof(names[0]))

static bool
is_name(size_t row, const char *name, size_t len)
{
    return strlen(names[row].name) == len && memcmp(names[row].name, name, len) == 0;
}

enum pjwt_alg
pjwt_alg_from_name(const char *name, size_t len)
{
    for (size_t i = 0; i < NAMES; i++) {
        if (is_name(i, name, len)) {
            return names[i].alg;
        }
    }
    return PJWT_ALG_NONE_KNOWN;
}

pjwt_algs
pjwt_algs_from_name(const char *name, size_t len)
{
    pjwt_algs algs = 0;

    for (size_t i = 0; i < NAMES; i++) {
        if (is_name(i, name, len)) {
            algs |= PJWT_ALG_BIT(names[i].alg);
        }
    }
    return algs;
}

const char *
pjwt_alg_name(enum pjwt_alg alg)
{
    for (size_t i = 0; i < NAMES; i++) {
        if (names[i].alg == alg) {
            return names[i].name;
        }
    }
    return "unknown";
}
