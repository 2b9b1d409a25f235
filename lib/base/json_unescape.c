/* Which text does a JSON string with escapes stand for? */
#include "lib/base/json_unescape.h"

#include <stdint.h>
#include <string.h>

/* What is left to read; four hex digits follow where they are asked for. */
struct reader {
    const char *at, *end;
};

static uint32_t
hex4(struct reader *r)
{
    uint32_t value = 0;

    for (int i = 0; i < 4; i++, r->at++) {
        char c = *r->at;
        int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

        value = value << 4 | (uint32_t)digit;
    }
    return value;
}

static bool
is_half(uint32_t unit)
{
    return unit >= 0xd800 && unit <= 0xdfff;
}

/* Behind "\u". RFC 8259 section 7: outside the Basic Multilingual Plane "the character is
 * represented as a 12-character sequence, encoding the UTF-16 surrogate pair". */
static bool
read_unicode(struct reader *r, uint32_t *character)
{
    uint32_t low = 0;

    *character = hex4(r);
    if (!is_half(*character)) {
        return *character != 0;
    }
    if (*character >= 0xdc00 || r->end - r->at < 6 || r->at[0] != '\\' || r->at[1] != 'u') {
        return false;
    }
    r->at += 2;
    low = hex4(r);
    *character = 0x10000 + ((*character - 0xd800) << 10) + (low - 0xdc00);
    return low >= 0xdc00 && low <= 0xdfff;
}

/* RFC 3629 section 3. */
static char *
put_utf8(uint32_t c, char *out)
{
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t bytes = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

    for (size_t i = bytes - 1; i > 0; i--, c >>= 6) {
        out[i] = (char)(0x80 | (c & 0x3f));
    }
    out[0] = (char)(bytes == 1 ? c : lead[bytes] | c);
    return out + bytes;
}

/* Behind the backslash. */
static bool
read_escape(struct reader *r, char **out)
{
    static const char names[] = "bfnrt";
    static const char means[] = "\b\f\n\r\t";
    uint32_t character = 0;
    char c = *r->at++;
    const char *name = strchr(names, c);

    if (c != 'u') {
        *(*out)++ = (char)(name == NULL ? c : means[name - names]);
        return true;
    }
    if (!read_unicode(r, &character)) {
        return false;
    }
    *out = put_utf8(character, *out);
    return true;
}

bool
pjwt_json_unescape(struct pjwt_json_span span, char *out, size_t *len)
{
    struct reader r = {span.at, span.at + span.len};
    char *to = out;

    while (r.at < r.end) {
        if (*r.at != '\\') {
            *to++ = *r.at++;
            continue;
        }
        r.at++;
        if (!read_escape(&r, &to)) {
            return false;
        }
    }
    *len = (size_t)(to - out);
    return true;
}
