/* Which credentials does the house have? */
#ifndef PJWT_FAULTS_CREDENTIALS_H
#define PJWT_FAULTS_CREDENTIALS_H

#include <stdbool.h>

/* Writes keys/, private/ and one file for each token into `dir` (borrowed): `good-ALG` and
 * `forged-ALG` for each signature algorithm of this build; those of tests/faults/sealed.h;
 * expired, audience, other-user, unknown-kid, no-kid, revoked-jti, blocked; mapped, unmapped,
 * mapped-other, required; bound, bound-other; once, once-spent. And what tests/faults/conf.h
 * and tests/faults/stored.h have. */
bool credentials_make(const char *dir);

#endif
