/* Which credentials does the house have? */
#ifndef PJWT_FAULTS_CREDENTIALS_H
#define PJWT_FAULTS_CREDENTIALS_H

#include <stdbool.h>

/* Writes pam_jwt.conf, keys/, state/ and one file for each credential into `dir` (borrowed):
 * `good-ALG` and `forged-ALG` for each algorithm of this build that has a key pair; expired,
 * audience, other-user, unknown-kid, revoked-jti, blocked; ticket, ticket-unknown,
 * ticket-revoked, ticket-service. */
bool credentials_make(const char *dir);

#endif
