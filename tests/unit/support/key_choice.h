/* Which key of a set is for a token, and does it verify that token? */
#ifndef PJWT_TEST_KEY_CHOICE_H
#define PJWT_TEST_KEY_CHOICE_H

#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/keyset.h"

/* The headers of most tokens, and the set of the one key that fits them. */
#define ED_A      "{'alg':'Ed25519','kid':'a'}"
#define NO_KID    "{'alg':'Ed25519'}"
#define ONE(more) "{'keys':[{" FIXTURE_ED_PUBLIC more "}]}"

/* Of the last choice. */
extern struct pjwt_report choice_report;

/* Selects from dir/keys.jwks the key for a token with this header, and verifies the token with
 * it. */
pjwt_verdict choose_from_file(struct scratch *s, const char *header, pjwt_algs allowed);

/* The same from `set`, which is written with ', and with any algorithm. */
pjwt_verdict choose_from(struct scratch *s, const char *set, const char *header);

#endif
