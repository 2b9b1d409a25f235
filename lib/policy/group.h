/* Is the user in the local group that the service requires? */
#ifndef PJWT_POLICY_GROUP_H
#define PJWT_POLICY_GROUP_H

#include "lib/base/report.h"
#include "lib/policy/config.h"
#include "lib/policy/user.h"

/* Asks the user database anew each time, so that leaving the group counts at the next check:
 * auth, account, open. Without require_group nothing is asked. All borrowed. Reasons: GROUP. */
pjwt_verdict pjwt_group_check(const struct pjwt_service *service,
                              const struct pjwt_users *users, const char *user,
                              struct pjwt_report *report) PJWT_MUST_USE;

#endif
