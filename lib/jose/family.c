/* Which kinds of key do we know? */
#include "lib/jose/family.h"

#include <string.h>

static const struct pjwt_family *const families[] = {
    &pjwt_family_ed25519, &pjwt_family_ed448,     &pjwt_family_p256, &pjwt_family_p384,
    &pjwt_family_p521,    &pjwt_family_secp256k1, &pjwt_family_rsa,  &pjwt_family_oct,
};

#define FAMILIES (sizeof(families) / sizeof(families[0]))

const struct pjwt_family *
pjwt_family_find(const char *kty, const char *crv)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        const struct pjwt_family *f = families[i];

        if (strcmp(f->kty, kty) == 0 &&
            (f->crv == NULL || (crv != NULL && strcmp(f->crv, crv) == 0))) {
            return f;
        }
    }
    return NULL;
}

const struct pjwt_family *
pjwt_family_for_alg(enum pjwt_alg alg)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        if ((families[i]->algs & PJWT_ALG_BIT(alg)) != 0) {
            return families[i];
        }
    }
    return NULL;
}

const struct pjwt_family *
pjwt_family_of(const EVP_PKEY *pkey)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        if (families[i]->owns != NULL && families[i]->owns(families[i], pkey)) {
            return families[i];
        }
    }
    return NULL;
}
