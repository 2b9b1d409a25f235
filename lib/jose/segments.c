/* Which segments does a compact token have, and what do they decode to? */
#include "lib/jose/segments.h"

#include "lib/base/base64url.h"

#include <string.h>

/* What stands before the next dot, or before the end. */
static struct pjwt_json_span
until_dot(const char *at, const char *end)
{
    const char *dot = at == end ? NULL : memchr(at, '.', (size_t)(end - at));

    return (struct pjwt_json_span){at, (size_t)((dot == NULL ? end : dot) - at)};
}

bool
pjwt_segments_split(const struct pjwt_secret *typed, size_t count, struct pjwt_json_span *part)
{
    const char *at = pjwt_secret_bytes(typed);
    const char *end = at + pjwt_secret_len(typed);

    for (size_t i = 0; i < count; i++) {
        part[i] = until_dot(at, end);
        at = part[i].at + part[i].len;
        if ((at == end) != (i + 1 == count)) {
            return false;
        }
        at += i + 1 < count; /* the dot */
    }
    return true;
}

pjwt_verdict
pjwt_segments_decode(struct pjwt_json_span segment, const char *name,
                     struct pjwt_secret **bytes, struct pjwt_why *why)
{
    PJWT_AUTO(secret)
    struct pjwt_secret *room = pjwt_secret_new(PJWT_BASE64URL_BYTES(segment.len));
    size_t len = 0;

    if (room == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    pjwt_why_set(why, "the %s", name);
    PJWT_TRY(pjwt_base64url_decode(segment.at, segment.len,
                                   (unsigned char *)pjwt_secret_buffer(room), &len));
    pjwt_secret_set_len(room, len);
    *bytes = pjwt_take(room);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_segments_object(struct pjwt_json_span segment, const char *name, json_t **object,
                     struct pjwt_why *why)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    PJWT_TRY(pjwt_segments_decode(segment, name, &text, why));
    return pjwt_json_object(pjwt_secret_bytes(text), pjwt_secret_len(text), object);
}

pjwt_verdict
pjwt_segments_header(struct pjwt_json_span segment, json_t **header, struct pjwt_why *why)
{
    if (segment.len > PJWT_HEADER_CHARS) {
        pjwt_why_set(why, "a header of more than %d characters", PJWT_HEADER_CHARS);
        return PJWT_SAY(HEADER);
    }
    return pjwt_segments_object(segment, "header", header, why);
}
