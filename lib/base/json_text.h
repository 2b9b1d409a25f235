/* Which token of JSON stands here? For the scanner alone. */
#ifndef PJWT_BASE_JSON_TEXT_H
#define PJWT_BASE_JSON_TEXT_H

#include "lib/base/json.h"

/* What is left to read; borrowed. Each function consumes what it recognises. */
struct pjwt_json_text {
    const char *at;
    const char *end;
};

/* That one character. Inline, as it is asked for each of them. */
static inline bool
pjwt_json_text_take(struct pjwt_json_text *s, char c)
{
    if (s->at == s->end || *s->at != c) {
        return false;
    }
    s->at++;
    return true;
}

void pjwt_json_text_spaces(struct pjwt_json_text *s);

/* White space, maybe none. RFC 8259 section 2. */
static inline void
pjwt_json_text_space(struct pjwt_json_text *s)
{
    if (s->at < s->end && (unsigned char)*s->at <= ' ') {
        pjwt_json_text_spaces(s);
    }
}

/* A string: `*span` is what stands between the quotes, escapes as they are written. */
bool pjwt_json_text_string(struct pjwt_json_text *s, struct pjwt_json_span *span);

/* A string, a number, true, false or null. */
bool pjwt_json_text_scalar(struct pjwt_json_text *s);

#endif
