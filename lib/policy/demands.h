/* What do the issuer's and the service's sections ask of one credential, together? */
#ifndef PJWT_POLICY_DEMANDS_H
#define PJWT_POLICY_DEMANDS_H

#include "lib/base/grant.h"
#include "lib/base/report.h"
#include "lib/policy/config.h"

#include <jansson.h>
#include <stdint.h>

/*
 * The one place where the two sections meet. Of a ticket, the service's `issuers` must list
 * where it came from (a token was asked that when its section was found). Neither overrides the
 * other: the issuer's `require` must hold and the service's must hold, and then the service's
 * ages. For a token
 * (`claims` proved, `grant` of pjwt_claims_check()) and for a ticket (`claims` saved when it
 * was exchanged, or NULL: then every requirement refuses). `issuer` is the origin's section,
 * NULL for a ticket that has none or whose issuer has no section any more. All borrowed.
 *
 * Reasons: ISSUER_REFUSED, REQUIRE, AUTH_AGE, CLAIMS_AGE.
 */
pjwt_verdict pjwt_demands_check(const struct pjwt_issuer *issuer,
                                const struct pjwt_service *service, const json_t *claims,
                                const struct pjwt_grant *grant, int64_t now,
                                struct pjwt_report *report) PJWT_MUST_USE;

#endif
