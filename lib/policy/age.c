/* Is what the issuer once said of the person still recent enough for this service? */
#include "lib/policy/age.h"

#include <inttypes.h>

static bool
from_ticket(const struct pjwt_grant *grant)
{
    return grant->ticket[0] != '\0';
}

/* How far an instant may lie ahead of us. A ticket has no leeway of its own, but its issuer's
 * clock may have been ahead when it was exchanged. */
static int64_t
ahead_max(const struct pjwt_grant *grant)
{
    return from_ticket(grant) ? PJWT_LEEWAY_MAX : grant->leeway;
}

static pjwt_verdict
check_sign_in(const struct pjwt_grant *grant, long most, int64_t now,
              struct pjwt_report *report)
{
    int64_t age = now - grant->auth_time;

    if (grant->auth_time <= 0) {
        pjwt_why_set(&report->why,
                     "the %s has no auth_time, and max_auth_age = %lds asks for it",
                     from_ticket(grant) ? "ticket" : "token", most);
        return PJWT_SAY(AUTH_AGE);
    }
    pjwt_why_set(&report->why,
                 "auth_time is %" PRId64 "s %s, max_auth_age = %lds, leeway %" PRId64 "s",
                 age < 0 ? -age : age, age < 0 ? "ahead of now" : "ago", most, grant->leeway);
    if (age > most + grant->leeway || -age > ahead_max(grant)) {
        report->at = grant->auth_time;
        return PJWT_SAY(AUTH_AGE);
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
check_claims(const struct pjwt_grant *grant, long most, int64_t now, struct pjwt_report *report)
{
    int64_t age = now - grant->iat;

    if (grant->iat <= 0) {
        pjwt_why_set(&report->why,
                     "this ticket has no claims, and claims_max_age = %lds asks for some",
                     most);
        return PJWT_SAY(CLAIMS_AGE);
    }
    pjwt_why_set(&report->why,
                 "the ticket's claims are of %" PRId64 "s ago, claims_max_age = %lds", age,
                 most);
    if (age > most || -age > ahead_max(grant)) {
        report->at = grant->iat;
        return PJWT_SAY(CLAIMS_AGE);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_age_check(const struct pjwt_service *service, const struct pjwt_grant *grant, int64_t now,
               struct pjwt_report *report)
{
    if (service->max_auth_age > 0) {
        PJWT_CHECK(report, "sign-in age",
                   check_sign_in(grant, service->max_auth_age, now, report));
    }
    if (service->claims_max_age > 0 && from_ticket(grant)) {
        PJWT_CHECK(report, "claims age",
                   check_claims(grant, service->claims_max_age, now, report));
    }
    return PJWT_SAY(OK);
}
