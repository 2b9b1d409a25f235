/* Do the claims hold what a section requires? */
#ifndef PJWT_POLICY_REQUIRE_H
#define PJWT_POLICY_REQUIRE_H

#include "lib/base/verdict.h"
#include "lib/base/why.h"
#include "lib/policy/config.h"

#include <jansson.h>

/*
 * Every element of `require` (NAME=VALUE|VALUE..., as pjwt_value_require leaves them) must hold
 * for `claims` (borrowed; NULL: there are none, and nothing holds). NAME is a literal member,
 * or a JSON Pointer where it starts with '/'. One VALUE must equal a string, byte for byte, a
 * boolean by its word, an integer by its canonical digits, or any element of an array of those;
 * the claim `scope` is a list of words between blanks (RFC 8693 section 4.2). What is absent,
 * null, a fraction or an object equals nothing.
 *
 * `section` ("[issuer corp]") begins the words beside a refusal; they show the value seen,
 * clipped. Reasons: REQUIRE.
 */
pjwt_verdict pjwt_require_check(const struct pjwt_list *require, const char *section,
                                const json_t *claims, struct pjwt_why *why) PJWT_MUST_USE;

#endif
