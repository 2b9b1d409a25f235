/* Which credentials does the house have? */
#ifndef PJWT_FAULTS_CREDENTIALS_H
#define PJWT_FAULTS_CREDENTIALS_H

#include <stdbool.h>

/* Writes pam_jwt.conf, keys/, private/, state/ and one file for each credential into `dir`
 * (borrowed): `good-ALG` and `forged-ALG` for each signature algorithm of this build; those of
 * tests/faults/sealed.h; expired, audience, other-user, unknown-kid, no-kid, revoked-jti,
 * blocked; ticket, ticket-unknown, ticket-revoked, ticket-service; those of
 * tests/faults/granted.h. */
bool credentials_make(const char *dir);

#endif
