/* Which local user does the token name? */
#ifndef PJWT_POLICY_WHOSE_H
#define PJWT_POLICY_WHOSE_H

#include "lib/base/grant.h"
#include "lib/base/report.h"
#include "lib/policy/config.h"

#include <jansson.h>

/*
 * The issuer's `user` claim, a string; without `user_strip`, which it must then end in; and
 * then through `user_map`, when there is one, or else as it stands. A value that the map gives
 * several users is the one of them that logs in (`asked`, PAM_USER; NULL, for `explain` alone:
 * the first by name). The map is read here, so only for tokens that proved authentic.
 *
 * `user` is written on OK alone: a valid local name. Without a map it may be another than
 * `asked`: pjwt_user_check() comes next. All borrowed.
 *
 * Reasons: USER_CLAIM, CLAIM_BAD, USER_SUFFIX, USER_NAME, USER_UNMAPPED, USER_MISMATCH, those
 * of pjwt_user_map_load().
 */
pjwt_verdict pjwt_whose(const struct pjwt_config *config, const struct pjwt_issuer *issuer,
                        const json_t *claims, const char *asked, char user[PJWT_USER_MAX],
                        struct pjwt_report *report) PJWT_MUST_USE;

#endif
