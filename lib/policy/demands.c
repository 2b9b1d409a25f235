/* What do the issuer's and the service's sections ask of one credential, together? */
#include "lib/policy/demands.h"

#include "lib/policy/age.h"
#include "lib/policy/require.h"

#include <stdio.h>

#define TITLE_SIZE 80 /* of "[issuer NAME]" */

/* Whose tokens count here, counts for what they became. A ticket that an admin issued is of no
 * issuer. */
static pjwt_verdict
check_origin(const struct pjwt_issuer *issuer, const struct pjwt_service *service,
             const struct pjwt_grant *grant, struct pjwt_why *why)
{
    const char *name = issuer == NULL ? grant->iss : issuer->section;

    if (issuer != NULL && pjwt_list_has(&service->issuers, name)) {
        pjwt_why_set(why, "made of a token of %.64s", name);
        return PJWT_SAY(OK);
    }
    pjwt_why_set(why, "`issuers` of [service %.64s] does not list %.96s",
                 service->names.item[0], name);
    return PJWT_SAY(ISSUER_REFUSED);
}

pjwt_verdict
pjwt_demands_check(const struct pjwt_issuer *issuer, const struct pjwt_service *service,
                   const json_t *claims, const struct pjwt_grant *grant, int64_t now,
                   struct pjwt_report *report)
{
    char title[TITLE_SIZE];

    if (service->issuers.count > 0 && grant->ticket[0] != '\0' && grant->iss[0] != '\0') {
        PJWT_CHECK(report, "ticket's issuer",
                   check_origin(issuer, service, grant, &report->why));
    }
    if (issuer != NULL && issuer->require.count > 0) {
        (void)snprintf(title, sizeof(title), "[issuer %s]", issuer->section);
        PJWT_CHECK(report, "issuer's require",
                   pjwt_require_check(&issuer->require, title, claims, &report->why));
    }
    if (service->require.count > 0) {
        (void)snprintf(title, sizeof(title), "[service %s]", service->names.item[0]);
        PJWT_CHECK(report, "service's require",
                   pjwt_require_check(&service->require, title, claims, &report->why));
    }
    return pjwt_age_check(service, grant, now, report);
}
