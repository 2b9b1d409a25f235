/* Is the token good at this instant? */
#include "lib/policy/times.h"

#include "lib/policy/claim.h"

#include <inttypes.h>

pjwt_verdict
pjwt_times_read(const json_t *claims, struct pjwt_times *times, struct pjwt_why *why)
{
    const json_t *nbf = json_object_get(claims, "nbf");
    const json_t *auth_time = json_object_get(claims, "auth_time");

    PJWT_TRY(pjwt_claim_time(json_object_get(claims, "exp"), "exp", &times->exp, why));
    PJWT_TRY(pjwt_claim_time(json_object_get(claims, "iat"), "iat", &times->iat, why));
    times->has_nbf = nbf != NULL;
    if (times->has_nbf) {
        PJWT_TRY(pjwt_claim_time(nbf, "nbf", &times->nbf, why));
    }
    if (auth_time != NULL) {
        PJWT_TRY(pjwt_claim_time(auth_time, "auth_time", &times->auth_time, why));
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

/* An instant that has not come: a clock that is a little off, or more than that? */
static void
tell_early(struct pjwt_why *why, const char *name, int64_t at, int64_t now, long leeway)
{
    int64_t ahead = at - now;

    pjwt_why_set(why, "%s is %" PRId64 "s ahead of now, leeway %lds: %s", name, ahead, leeway,
                 ahead <= PJWT_LEEWAY_MAX ? "set `leeway`" : "is the clock right?");
}

static pjwt_verdict
check_issued(const struct pjwt_times *times, long leeway, int64_t now,
             struct pjwt_report *report)
{
    pjwt_times_tell(&report->why, "iat", times->iat, now, leeway);
    if (times->iat > now + leeway) {
        tell_early(&report->why, "iat", times->iat, now, leeway);
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
        tell_early(&report->why, "nbf", times->nbf, now, leeway);
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
    bool good = lifetime <= most;

    pjwt_why_set(why, "exp - iat is %" PRId64 "s, max_lifetime = %lds%s", lifetime, most,
                 good                            ? ""
                 : lifetime <= PJWT_LIFETIME_MAX ? ": set `max_lifetime`"
                                                 : ": no option allows more than 28h");
    return good ? PJWT_SAY(OK) : PJWT_SAY(LIFETIME);
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
