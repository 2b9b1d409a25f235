/* Which keys sign the tokens of a run? Made once and forgotten at its end. */
#ifndef PJWT_TEST_KEYS_H
#define PJWT_TEST_KEYS_H

#include "lib/jose/key.h"

struct test_key {
    const char *name; /* and its kid */
    enum pjwt_alg alg;
    bool published; /* in the issuer's key set; the others are strangers */
    json_t *public_jwk;
    json_t *private_jwk;
    struct pjwt_key *signer;
};

void keys_make(void);
void keys_drop(void);

/* Borrowed; NULL when there is none of that name. */
const struct test_key *keys_get(const char *name);

/* The issuer's key set as it is published: an object that the caller owns. */
json_t *keys_published(void);

#endif
