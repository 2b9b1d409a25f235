/* Is a login that was accepted still good? */
#include "lib/account.h"

#include "lib/login_ticket.h"
#include "lib/policy/age.h"
#include "lib/policy/claims.h"
#include "lib/policy/group.h"
#include "lib/store/revocations.h"

#include <string.h>

void
pjwt_account_report(const struct pjwt_config *config, const struct pjwt_grant *grant,
                    struct pjwt_report *report)
{
    const struct pjwt_issuer *issuer = pjwt_config_issuer_by_iss(config, grant->iss);
    const char *id = grant->ticket[0] != '\0' ? grant->ticket : grant->jti;

    pjwt_report_name(report->issuer, sizeof(report->issuer),
                     issuer == NULL ? NULL : issuer->section);
    pjwt_report_name(report->kid, sizeof(report->kid), grant->kid);
    pjwt_report_name(report->id, sizeof(report->id), id);
    report->authentic = true; /* it proved so when it was granted */
}

pjwt_verdict
pjwt_account_not_ours(const struct pjwt_service *service, struct pjwt_store *store,
                      const struct pjwt_scene *scene, struct pjwt_report *report)
{
    PJWT_TRY(pjwt_revocation_check_user(store, scene->user, scene->now, report));
    return service->token_only ? PJWT_SAY(TOKEN_ONLY) : PJWT_SAY(NOT_OURS);
}

/* A directory that folds case lets ALICE in by alice's public key, and her block stands under
 * the other spelling. */
static pjwt_verdict
known_by_that_name(const struct pjwt_scene *scene, struct pjwt_report *report)
{
    uid_t uid = 0;

    if (scene->users->find(scene->users->context, scene->user, &uid)) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(&report->why, "%s is not how the user database spells it", scene->user);
    return PJWT_SAY(USER_UNKNOWN);
}

pjwt_verdict
pjwt_account(const struct pjwt_config *config, struct pjwt_store *store,
             const struct pjwt_scene *scene, const struct pjwt_grant *grant,
             struct pjwt_report *report)
{
    const struct pjwt_service *service = pjwt_config_service(config, scene->service);

    if (service == NULL) {
        return PJWT_SAY(SERVICE_NONE);
    }
    if (grant == NULL) {
        PJWT_TRY(known_by_that_name(scene, report));
        return pjwt_account_not_ours(service, store, scene, report);
    }
    pjwt_account_report(config, grant, report);
    if (strcmp(grant->user, scene->user) != 0) {
        return PJWT_SAY(USER_CHANGED);
    }
    PJWT_TRY(pjwt_claims_still(grant, scene->now, report));
    PJWT_TRY(pjwt_login_ticket_check(store, scene, grant->ticket, report));
    PJWT_TRY(pjwt_age_check(service, grant, scene->now, report));
    PJWT_TRY(pjwt_user_check(config, scene->users, grant->user, scene->user, report));
    PJWT_TRY(pjwt_group_check(service, scene->users, grant->user, report));
    return pjwt_revocation_check(store, grant, scene->now, report);
}
