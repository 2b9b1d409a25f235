/* Does this claim have the form its name demands? RFC 7519 section 4.1. */
#ifndef PJWT_POLICY_CLAIM_H
#define PJWT_POLICY_CLAIM_H

#include "lib/base/verdict.h"
#include "lib/base/why.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/* The claim `name`: a JSON Pointer where it starts with '/', else a literal member. Borrowed
 * from `claims` (NULL is allowed); NULL when there is none. */
const json_t *pjwt_claim_get(const json_t *claims, const char *name);

/* Copies the string `value` (borrowed, NULL is allowed) of the claim `name` into `text`. Never
 * cut: what is empty, does not fit or holds a NUL is refused. Reasons: CLAIM_BAD. */
pjwt_verdict pjwt_claim_text(const json_t *value, const char *name, char *text, size_t size,
                             struct pjwt_why *why) PJWT_MUST_USE;

/* A NumericDate as an integer number of seconds up to the end of the year 9999. Reasons:
 * CLAIM_BAD. */
pjwt_verdict pjwt_claim_time(const json_t *value, const char *name, int64_t *seconds,
                             struct pjwt_why *why) PJWT_MUST_USE;

#endif
