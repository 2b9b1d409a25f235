/* A key and what it signed, for tests that bend signatures. */
#ifndef PJWT_TEST_SIGNED_PAIR_H
#define PJWT_TEST_SIGNED_PAIR_H

#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/key_inside.h"

#define SIGNED_TEXT ((struct pjwt_octets){(const unsigned char *)"header.payload", 14})

struct pair {
    struct pjwt_key *signer;
    struct pjwt_key *verifier;
    unsigned char signature[PJWT_SIGNATURE_MAX + 1];
    size_t len;
};

void pair_clear(struct pair *pair);
#define PAIR_SCOPE __attribute__((cleanup(pair_clear)))

/* A new key (for RSA and its time's sake the fixture's) that signed SIGNED_TEXT. The control of
 * every test: what was signed verifies. */
struct pair pair_sign(enum pjwt_alg alg);

/* Does the signature, as it is now, verify? */
pjwt_verdict pair_check(const struct pair *pair);

#endif
