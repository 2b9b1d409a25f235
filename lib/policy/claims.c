/* Is what the issuer signed acceptable here and now? */
#include "lib/policy/claims.h"

#include "lib/policy/claim.h"
#include "lib/policy/meant.h"
#include "lib/policy/times.h"

#include <string.h>

/* RFC 8725 section 3.11: one kind of token must not pass for another. RFC 8417 section 2.2: a
 * security event token is known by its claim `events`. */
static pjwt_verdict
check_absent(const json_t *claims, const char *name, pjwt_verdict refusal, struct pjwt_why *why)
{
    bool present = json_object_get(claims, name) != NULL;

    pjwt_why_set(why, "the token has %s%s", present ? "" : "no ", name);
    return present ? refusal : PJWT_SAY(OK);
}

static pjwt_verdict
check_present(const json_t *claims, struct pjwt_why *why)
{
    static const char *const required[] = {"iss", "aud", "sub", "exp", "iat"};

    for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++) {
        if (json_object_get(claims, required[i]) == NULL) {
            pjwt_why_set(why, "the token has no %s", required[i]);
            return PJWT_SAY(CLAIM_MISSING);
        }
    }
    return PJWT_SAY(OK);
}

/* The iss chose the issuer's section before the signature was proved; now it counts. RFC 8725
 * section 3.8: the keys must belong to the issuer. */
static pjwt_verdict
check_iss(const json_t *claims, const struct pjwt_issuer *issuer, struct pjwt_grant *found,
          struct pjwt_why *why)
{
    PJWT_TRY(pjwt_claim_text(json_object_get(claims, "iss"), "iss", found->iss,
                             sizeof(found->iss), why));
    if (strcmp(found->iss, issuer->iss) != 0) {
        pjwt_why_set(why, "iss is %.96s; expected %.96s", found->iss, issuer->iss);
        return PJWT_SAY(CLAIM_BAD);
    }
    return PJWT_SAY(OK);
}

/* What tells one token of its issuer from all others (RFC 7519 section 4.1.7). Without it a
 * token cannot be spent. */
static pjwt_verdict
check_jti(const json_t *claims, const struct pjwt_issuer *issuer, struct pjwt_grant *found,
          struct pjwt_why *why)
{
    const json_t *jti = pjwt_claim_get(claims, issuer->jti_claim);

    found->one_time = issuer->one_time;
    if (jti != NULL) {
        return pjwt_claim_text(jti, issuer->jti_claim, found->jti, sizeof(found->jti), why);
    }
    if (issuer->one_time) {
        pjwt_why_set(why,
                     "the token has no %.64s, and one_time = yes needs it; jti_claim may "
                     "name another claim",
                     issuer->jti_claim);
        return PJWT_SAY(CLAIM_MISSING);
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
check_kid(const char *kid, struct pjwt_grant *found, struct pjwt_why *why)
{
    if (kid == NULL) {
        return PJWT_SAY(OK);
    }
    if (strlen(kid) >= sizeof(found->kid)) {
        pjwt_why_set(why, "kid is too long to be kept whole");
        return PJWT_SAY(CLAIM_BAD);
    }
    memcpy(found->kid, kid, strlen(kid) + 1);
    return PJWT_SAY(OK);
}

static pjwt_verdict
check_required(const struct pjwt_verified *proof, const struct pjwt_issuer *issuer,
               struct pjwt_times *times, struct pjwt_grant *found, struct pjwt_why *why)
{
    const json_t *claims = pjwt_verified_payload(proof);

    PJWT_TRY(check_present(claims, why));
    PJWT_TRY(check_iss(claims, issuer, found, why));
    PJWT_TRY(pjwt_claim_text(json_object_get(claims, "sub"), "sub", found->sub,
                             sizeof(found->sub), why));
    PJWT_TRY(pjwt_times_read(claims, times, why));
    PJWT_TRY(check_jti(claims, issuer, found, why));
    PJWT_TRY(check_kid(pjwt_verified_kid(proof), found, why));
    pjwt_why_set(why, "iss, aud, sub, exp and iat are there");
    return PJWT_SAY(OK);
}

static void
fill_times(struct pjwt_grant *found, const struct pjwt_times *times, long leeway)
{
    found->iat = times->iat;
    found->auth_time = times->auth_time;
    found->issued = times->iat;
    found->expires = times->exp;
    found->leeway = leeway;
}

pjwt_verdict
pjwt_claims_check(const struct pjwt_verified *proof, const struct pjwt_issuer *issuer,
                  int64_t now, struct pjwt_grant *grant, struct pjwt_report *report)
{
    const json_t *claims = pjwt_verified_payload(proof);
    struct pjwt_why *why = &report->why;
    struct pjwt_grant found = {0};
    struct pjwt_times times = {0};

    PJWT_CHECK(report, "type", pjwt_meant_type(pjwt_verified_typ(proof), &issuer->type, why));
    PJWT_CHECK(report, "events", check_absent(claims, "events", PJWT_SAY(EVENTS), why));
    PJWT_CHECK(report, "required claims", check_required(proof, issuer, &times, &found, why));
    if (found.jti[0] != '\0') {
        pjwt_report_name(report->id, sizeof(report->id), found.jti);
    }
    PJWT_TRY(pjwt_times_check(&times, issuer, now, report));
    PJWT_CHECK(report, "audience",
               pjwt_meant_audience(json_object_get(claims, "aud"), &issuer->audience, why));
    fill_times(&found, &times, issuer->leeway);
    *grant = found; /* untouched on every refusal */
    return PJWT_SAY(OK);
}

static pjwt_verdict
check_still(const struct pjwt_grant *grant, int64_t now, struct pjwt_report *report)
{
    bool ticket = grant->ticket[0] != '\0';

    pjwt_times_tell(&report->why, ticket ? "the ticket's end" : "the token's end",
                    grant->expires, now, grant->leeway);
    if (!pjwt_times_ended(grant->expires, grant->leeway, now)) {
        return PJWT_SAY(OK);
    }
    report->at = grant->expires;
    return ticket ? PJWT_SAY(TICKET_EXPIRED) : PJWT_SAY(EXPIRED);
}

pjwt_verdict
pjwt_claims_still(const struct pjwt_grant *grant, int64_t now, struct pjwt_report *report)
{
    PJWT_CHECK(report, "expiry", check_still(grant, now, report));
    return PJWT_SAY(OK);
}
