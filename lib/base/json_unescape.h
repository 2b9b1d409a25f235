/* Which text does a JSON string with escapes stand for? RFC 8259 section 7. */
#ifndef PJWT_BASE_JSON_UNESCAPE_H
#define PJWT_BASE_JSON_UNESCAPE_H

#include "lib/base/json.h"

/*
 * Writes what `span` (between the quotes, scanned already, borrowed) stands for into `out`,
 * which has room for span.len bytes: `*len` of them. False for a NUL, and for half a surrogate
 * pair, which is no character.
 */
bool pjwt_json_unescape(struct pjwt_json_span span, char *out, size_t *len);

#endif
