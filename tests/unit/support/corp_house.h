/* An issuer with one key, and one user. */
#ifndef PJWT_TEST_CORP_HOUSE_H
#define PJWT_TEST_CORP_HOUSE_H

#include "tests/unit/support/config_files.h"

#include "lib/policy/user.h"

/* Puts the public key of the fixtures into keys/corp.jwks, its kid sig, and loads `text`; the
 * caller frees the config. */
struct pjwt_config *corp_house(struct scratch *s, const char *text);

extern const struct pjwt_users corp_users; /* alice alone */

#endif
