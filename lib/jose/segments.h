/* Which segments does a compact token have, and what do they decode to? RFC 7515 section 7.1,
 * RFC 7516 section 7.1. */
#ifndef PJWT_JOSE_SEGMENTS_H
#define PJWT_JOSE_SEGMENTS_H

#include "lib/base/json.h"
#include "lib/base/secret.h"
#include "lib/base/why.h"

#include <stdbool.h>
#include <stddef.h>

#define PJWT_HEADER_CHARS 4096 /* the longest header that is decoded */

/* Fills `part` with the `count` segments of `typed` (borrowed), which must be all there is;
 * false when there are more or fewer. A segment may be empty. */
bool pjwt_segments_split(const struct pjwt_secret *typed, size_t count,
                         struct pjwt_json_span *part) PJWT_MUST_USE;

/* `name` is for `why`. `*bytes` is owned by the caller. Reasons: BASE64URL, NO_MEMORY. */
pjwt_verdict pjwt_segments_decode(struct pjwt_json_span segment, const char *name,
                                  struct pjwt_secret **bytes,
                                  struct pjwt_why *why) PJWT_MUST_USE;

/* The segment as a strict JSON object, owned by the caller. Reasons: BASE64URL, JSON,
 * NO_MEMORY. */
pjwt_verdict pjwt_segments_object(struct pjwt_json_span segment, const char *name,
                                  json_t **object, struct pjwt_why *why) PJWT_MUST_USE;

/* The first segment: as above, and HEADER when it is too long to be looked at. */
pjwt_verdict pjwt_segments_header(struct pjwt_json_span segment, json_t **header,
                                  struct pjwt_why *why) PJWT_MUST_USE;

#endif
