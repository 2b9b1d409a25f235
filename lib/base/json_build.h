/* Which values does this text spell? */
#ifndef PJWT_BASE_JSON_BUILD_H
#define PJWT_BASE_JSON_BUILD_H

#include "lib/base/json_walk.h"

/*
 * Builds the object that stands here, consuming it: well-formed, within the caps, no member
 * twice at any level. Most of a token's time goes into reading JSON, and jansson's own reader
 * takes five times as long; it is asked where a string has an escape and where a number is no
 * plain integer, so that those are read as everywhere. `*object` is owned by the caller.
 *
 * Reasons: JSON, NO_MEMORY.
 */
pjwt_verdict pjwt_json_build_object(struct pjwt_json_text *s, json_t **object) PJWT_MUST_USE;

#endif
