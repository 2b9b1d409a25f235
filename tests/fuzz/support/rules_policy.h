/* Whose token is it, and what is required of it, said a second time? For rules.c. */
#ifndef PJWT_FUZZ_RULES_POLICY_H
#define PJWT_FUZZ_RULES_POLICY_H

#include "tests/fuzz/support/rules.h"

#include <jansson.h>

/* Is the token RULES_USER's, by the section of its issuer? */
bool rules_user(const json_t *claims);

/* Does it hold what that section and the service's require? */
bool rules_required(const json_t *claims, enum rules_service service);

#endif
