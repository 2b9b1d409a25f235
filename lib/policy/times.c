/* Is the token good at this instant? */
#include "lib/policy/times.h"

#include "lib/policy/claim.h"

#include <inttypes.h>

pjwt_verdict
pjwt_times_read(const json_t *claims, struct pjwt_times *times, struct pjwt_why *why)
{
    const json_t *nbf = json_object_get(claims, "nbf");

    PJWT_TRY(pjwt_claim_time(json_object_get(claims, "exp"), "exp", &times->exp, why));
    PJWT_TRY(pjwt_claim_time(json_object_get(claims, "iat"), "iat", &times->iat, why));
    times->has_nbf = nbf != NULL;
    if (times->has_nbf) {
        PJWT_TRY(pjwt_claim_time(nbf, "nbf", &times->nbf, why));
    }
    if (times->exp <= times->iat) {
        pjwt_why_set(why, "exp is not after iat");
        return PJWT_SAY(CLAIM_BAD);
    }
    return PJWT_SAY(OK);
}

bool
pjwt_times_ended(int64_t at, int64_t leeway, int64_t now)
{
    return now >= at + leeway;
}

static const char *
side(int64_t difference)
{
    return difference > 0 ? "ahead of now" : "ago";
}

void
pjwt_times_tell(struct pjwt_why *why, const char *name, int64_t at, int64_t now, int64_t leeway)
{
    int64_t difference = at - now;

    pjwt_why_set(why, "%s is %" PRId64 "s %s, leeway %" PRId64 "s", name,
                 difference < 0 ? -difference : difference, side(difference), leeway);
}

static pjwt_verdict
check_issued(const struct pjwt_times *times, long leeway, int64_t now,
             struct pjwt_report *report)
{
    pjwt_times_tell(&report->why, "iat", times->iat, now, leeway);
    if (times->iat > now + leeway) {
        report->at = times->iat;
        return PJWT_SAY(IAT_FUTURE);
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
check_not_before(const struct pjwt_times *times, long leeway, int64_t now,
                 struct pjwt_report *report)
{
    if (!times->has_nbf) {
        pjwt_why_set(&report->why, "no nbf");
        return PJWT_SAY(OK);
    }
    pjwt_times_tell(&report->why, "nbf", times->nbf, now, leeway);
    /* RFC 7519 section 4.1.5: the current date/time MUST be after or equal to it. */
    if (times->nbf > now + leeway) {
        report->at = times->nbf;
        return PJWT_SAY(NOT_YET);
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
check_expiry(const struct pjwt_times *times, long leeway, int64_t now,
             struct pjwt_report *report)
{
    pjwt_times_tell(&report->why, "exp", times->exp, now, leeway);
    /* RFC 7519 section 4.1.4: the current date/time MUST be before it. */
    if (pjwt_times_ended(times->exp, leeway, now)) {
        report->at = times->exp;
        return PJWT_SAY(EXPIRED);
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
check_lifetime(const struct pjwt_times *times, long most, struct pjwt_why *why)
{
    int64_t lifetime = times->exp - times->iat;

    pjwt_why_set(why, "exp - iat is %" PRId64 "s, max_lifetime %lds", lifetime, most);
    return lifetime <= most ? PJWT_SAY(OK) : PJWT_SAY(LIFETIME);
}

pjwt_verdict
pjwt_times_check(const struct pjwt_times *times, const struct pjwt_issuer *issuer, int64_t now,
                 struct pjwt_report *report)
{
    long leeway = issuer->leeway;

    PJWT_CHECK(report, "issued", check_issued(times, leeway, now, report));
    PJWT_CHECK(report, "not before", check_not_before(times, leeway, now, report));
    PJWT_CHECK(report, "expiry", check_expiry(times, leeway, now, report));
    PJWT_CHECK(report, "lifetime", check_lifetime(times, issuer->max_lifetime, &report->why));
    return PJWT_SAY(OK);
}
