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
    {"ES256", PJWT_ALG_ES256},     /* RFC 7518 section 3.4 */
    {"RS256", PJWT_ALG_RS256},     /* RFC 7518 section 3.3 */
};

#define NAMES (sizeof(names) / sizeof(names[0]))

enum pjwt_alg
pjwt_alg_from_name(const char *name, size_t len)
{
    for (size_t i = 0; i < NAMES; i++) {
        if (strlen(names[i].name) == len && memcmp(names[i].name, name, len) == 0) {
            return names[i].alg;
        }
    }
    return PJWT_ALG_NONE_KNOWN;
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
