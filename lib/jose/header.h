/* What holds for the protected header of every token, signed or encrypted? RFC 7515 section 4,
 * RFC 7516 section 4, RFC 8725 section 3. */
#ifndef PJWT_JOSE_HEADER_H
#define PJWT_JOSE_HEADER_H

#include "lib/base/json.h"
#include "lib/base/why.h"

#define PJWT_HEADER_KID_MAX 256 /* bytes; what a grant and the store have room for */
#define PJWT_HEADER_TYP_MAX 64  /* bytes; the longest media type in use is far shorter */

/* Refuses the parameters that no token of ours may bring, whatever their value. `header` is
 * borrowed; `why` names the one. Reasons: HEADER, HEADER_KEY, HEADER_CRIT. */
pjwt_verdict pjwt_header_check(const json_t *header, struct pjwt_why *why) PJWT_MUST_USE;

/* Refuses a header with that parameter. Reasons: HEADER. */
pjwt_verdict pjwt_header_absent(const json_t *header, const char *name,
                                struct pjwt_why *why) PJWT_MUST_USE;

/* An optional string of 1 to `max` bytes; `*value` is borrowed from the header, NULL when
 * absent. Reasons: HEADER. */
pjwt_verdict pjwt_header_string(const json_t *header, const char *name, size_t max,
                                const char **value, struct pjwt_why *why) PJWT_MUST_USE;

#endif
