/* Which token does a [token] line describe? */
#ifndef PJWT_TEST_MINT_H
#define PJWT_TEST_MINT_H

#include <stdint.h>

/*
 * Mints what `words` (changed in place) describe, at `now`; owned by the caller, or NULL and
 * `*error` (owned by the caller) says why not. Words are NAME=VALUE:
 *
 *   key=NAME            who signs; its name is the kid
 *   alg= kid= typ= cty= of the header; "-": none
 *   iat= exp= nbf= auth_time=   +5m, -31s or a number of seconds
 *   sub= iss= aud= jti= user=
 *   without=a,b         claims left out
 *   claim.NAME=JSON     header.NAME=JSON
 *   shape=NAME          first of all: header and claims of tests/pam/shapes/NAME.json, whose
 *                       times count from `now`
 *   length=N            padded with a claim to exactly N characters
 *   seal=KID            encrypted for the key of tests/pam/sealing.h, under this kid
 *
 * Without words it is alice's good token of five minutes.
 */
char *mint_token(char *words, int64_t now, char **error);

/* +SPAN or -SPAN from `now`, or a number of seconds. */
int64_t mint_time(const char *text, int64_t now);

#endif
