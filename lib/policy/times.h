/* Is the token good at this instant? RFC 7519 sections 4.1.4 to 4.1.6. */
#ifndef PJWT_POLICY_TIMES_H
#define PJWT_POLICY_TIMES_H

#include "lib/base/report.h"
#include "lib/policy/config.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct pjwt_times { /* seconds since the epoch */
    int64_t iat;
    int64_t exp;
    int64_t nbf;
    bool has_nbf;
    int64_t auth_time; /* 0: absent */
};

/* Reads exp, iat and, where they are present, nbf and auth_time; exp must be after iat.
 * Reasons: CLAIM_BAD. */
pjwt_verdict pjwt_times_read(const json_t *claims, struct pjwt_times *times,
                             struct pjwt_why *why) PJWT_MUST_USE;

/* Reasons: IAT_FUTURE, NOT_YET, EXPIRED, LIFETIME, in this order; report->at is the instant
 * that decided. */
pjwt_verdict pjwt_times_check(const struct pjwt_times *times, const struct pjwt_issuer *issuer,
                              int64_t now, struct pjwt_report *report) PJWT_MUST_USE;

/* The instant `at` ends what it stands for once `leeway` seconds have passed: the first second
 * that is refused is at + leeway. */
bool pjwt_times_ended(int64_t at, int64_t leeway, int64_t now);

/* "exp is 45s ago, leeway 30s" */
void pjwt_times_tell(struct pjwt_why *why, const char *name, int64_t at, int64_t now,
                     int64_t leeway);

#endif
