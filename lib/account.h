/* Is a login that was accepted still good? What the account check shares with the session. */
#ifndef PJWT_ACCOUNT_H
#define PJWT_ACCOUNT_H

#include "lib/login.h"

/* Names in `report` what the login rests on (`grant`, borrowed). */
void pjwt_account_report(const struct pjwt_config *config, const struct pjwt_grant *grant,
                         struct pjwt_report *report);

/* Not through us: nothing is known of how that login was authenticated, so any standing
 * revocation of the user counts. Reasons: NOT_OURS, TOKEN_ONLY, USER_REVOKED, USER_BLOCKED,
 * STORE_*. */
pjwt_verdict pjwt_account_not_ours(const struct pjwt_service *service, struct pjwt_store *store,
                                   const struct pjwt_scene *scene,
                                   struct pjwt_report *report) PJWT_MUST_USE;

#endif
