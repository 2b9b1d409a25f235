/* Is what the issuer signed acceptable here and now? RFC 7519 section 4.1, RFC 8725 section 3,
 * RFC 9068. */
#ifndef PJWT_POLICY_CLAIMS_H
#define PJWT_POLICY_CLAIMS_H

#include "lib/base/grant.h"
#include "lib/base/report.h"
#include "lib/jose/verified.h"
#include "lib/policy/config.h"

#include <stdint.h>

/*
 * Checks type, required claims, times and audience of `proof` by the rules of `issuer`
 * (both borrowed) at `now` (seconds since the epoch). Fills `*grant` on OK alone: iss, sub,
 * jti, kid, iat, auth_time, issued, expires, leeway, one_time; user, service and ticket are
 * left empty: what it is bound to, whose it is, and what else is required, are the next
 * questions (binding.h, whose.h, demands.h).
 *
 * Reasons: TYPE, CLAIM_MISSING, CLAIM_BAD, AUDIENCE, EXPIRED, NOT_YET, IAT_FUTURE, LIFETIME,
 * EVENTS. Each check goes through the report; report->at is the
 * instant that decided.
 */
pjwt_verdict pjwt_claims_check(const struct pjwt_verified *proof,
                               const struct pjwt_issuer *issuer, int64_t now,
                               struct pjwt_grant *grant,
                               struct pjwt_report *report) PJWT_MUST_USE;

/* Has a grant that was good at its login ended since? For the account check. Reasons: EXPIRED,
 * TICKET_EXPIRED. */
pjwt_verdict pjwt_claims_still(const struct pjwt_grant *grant, int64_t now,
                               struct pjwt_report *report) PJWT_MUST_USE;

#endif
