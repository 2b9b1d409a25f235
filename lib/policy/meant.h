/* Is this token meant for a login at this machine? */
#ifndef PJWT_POLICY_MEANT_H
#define PJWT_POLICY_MEANT_H

#include "lib/base/verdict.h"
#include "lib/base/why.h"
#include "lib/policy/config.h"

#include <jansson.h>

/* `typ` (borrowed; NULL: the header has none) against the issuer's types. Reasons: TYPE. */
pjwt_verdict pjwt_meant_type(const char *typ, const struct pjwt_list *types,
                             struct pjwt_why *why) PJWT_MUST_USE;

/* The claim `aud` (borrowed) against the issuer's audiences. Reasons: CLAIM_BAD, AUDIENCE. */
pjwt_verdict pjwt_meant_audience(const json_t *aud, const struct pjwt_list *audiences,
                                 struct pjwt_why *why) PJWT_MUST_USE;

#endif
