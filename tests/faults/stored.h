/* What does the house's session file hold? */
#ifndef PJWT_FAULTS_STORED_H
#define PJWT_FAULTS_STORED_H

#include <stdbool.h>

/* Makes state/ in `dir` (borrowed), where the jti taken-back is revoked, the user mallory
 * blocked, and the jti 2 of the issuer HOUSE_ONCE spent. Writes its tickets: ticket,
 * ticket-revoked, ticket-service, ticket-claims, ticket-users, ticket-once, ticket-once-spent;
 * ticket-unknown, of another store; and what tests/faults/granted.h has. */
bool stored_make(const char *dir);

#endif
