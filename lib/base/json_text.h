/* Which token of JSON stands here? For the scanner alone. */
#ifndef PJWT_BASE_JSON_TEXT_H
#define PJWT_BASE_JSON_TEXT_H

#include "lib/base/json.h"

/* What is left to read; borrowed. Each function consumes what it recognises. */
struct pjwt_json_text {
    const char *at;
    const char *end;
};

/* That one character. */
bool pjwt_json_text_take(struct pjwt_json_text *s, char c);

/* White space, maybe none. */
void pjwt_json_text_space(struct pjwt_json_text *s);

/* A string: `*span` is what stands between the quotes, escapes as they are written. */
bool pjwt_json_text_string(struct pjwt_json_text *s, struct pjwt_json_span *span);

/* A string, a number, true, false or null. */
bool pjwt_json_text_scalar(struct pjwt_json_text *s);

#endif
