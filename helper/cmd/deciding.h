/* Which option does each check enforce, and where does it stand? */
#ifndef PJWT_CMD_DECIDING_H
#define PJWT_CMD_DECIDING_H

#include "helper/cmd/checks.h"
#include "lib/policy/config.h"

/*
 * For the check of that name with that verdict, in a login to `service` (a PAM service) with a
 * credential of the issuer section `issuer` ("" when there is none). `config` may be NULL.
 * Borrowed from the config; `option` is NULL when no option decides.
 */
struct pjwt_decided pjwt_deciding(const struct pjwt_config *config, const char *service,
                                  const char *issuer, const char *check, pjwt_verdict v);

#endif
