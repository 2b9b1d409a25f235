/* Is what the issuer once said of the person still recent enough for this service? */
#ifndef PJWT_POLICY_AGE_H
#define PJWT_POLICY_AGE_H

#include "lib/base/grant.h"
#include "lib/base/report.h"
#include "lib/policy/config.h"

#include <stdint.h>

/*
 * The service's max_auth_age against the grant's auth_time, which must be there (OpenID Connect
 * Core 1.0, section 2), and its claims_max_age against the iat of the token that a ticket was
 * exchanged from, which must be there too. For the login and for the account check. All
 * borrowed; report->at is the instant that decided.
 *
 * Reasons: AUTH_AGE, CLAIMS_AGE.
 */
pjwt_verdict pjwt_age_check(const struct pjwt_service *service, const struct pjwt_grant *grant,
                            int64_t now, struct pjwt_report *report) PJWT_MUST_USE;

#endif
