/* Which token of JSON stands here? RFC 8259 sections 2, 6 and 7; RFC 3629. */
#include "lib/base/json_text.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>

static bool
word(struct pjwt_json_text *s, const char *spelt)
{
    size_t len = strlen(spelt);

    if ((size_t)(s->end - s->at) < len || memcmp(s->at, spelt, len) != 0) {
        return false;
    }
    s->at += len;
    return true;
}

static bool
digits(struct pjwt_json_text *s)
{
    const char *start = s->at;

    while (s->at < s->end && *s->at >= '0' && *s->at <= '9') {
        s->at++;
    }
    return s->at > start;
}

/* RFC 8259 section 6. */
static bool
number(struct pjwt_json_text *s)
{
    (void)pjwt_json_text_take(s, '-');
    if (!pjwt_json_text_take(s, '0') && !digits(s)) {
        return false;
    }
    if (pjwt_json_text_take(s, '.') && !digits(s)) {
        return false;
    }
    if (pjwt_json_text_take(s, 'e') || pjwt_json_text_take(s, 'E')) {
        (void)(pjwt_json_text_take(s, '+') || pjwt_json_text_take(s, '-'));
        return digits(s);
    }
    return true;
}

static bool
hex4(struct pjwt_json_text *s)
{
    for (int i = 0; i < 4; i++, s->at++) {
        if (s->at == s->end || *s->at == '\0' ||
            strchr("0123456789abcdefABCDEF", *s->at) == NULL) {
            return false;
        }
    }
    return true;
}

static bool
escape(struct pjwt_json_text *s)
{
    if (pjwt_json_text_take(s, 'u')) {
        return hex4(s);
    }
    if (s->at == s->end || *s->at == '\0' || strchr("\"\\/bfnrt", *s->at) == NULL) {
        return false;
    }
    s->at++;
    return true;
}

/* RFC 3629 section 4: by first byte, the range of the second and how many follow it. No
 * overlong form, no surrogate, nothing above U+10FFFF. */
static const struct {
    unsigned char from, to, low, high, more;
} leads[] = {
    {0xc2, 0xdf, 0x80, 0xbf, 0}, {0xe0, 0xe0, 0xa0, 0xbf, 1}, {0xe1, 0xec, 0x80, 0xbf, 1},
    {0xed, 0xed, 0x80, 0x9f, 1}, {0xee, 0xef, 0x80, 0xbf, 1}, {0xf0, 0xf0, 0x90, 0xbf, 2},
    {0xf1, 0xf3, 0x80, 0xbf, 2}, {0xf4, 0xf4, 0x80, 0x8f, 2},
};

static bool
within(struct pjwt_json_text *s, unsigned char low, unsigned char high)
{
    if (s->at == s->end || (unsigned char)*s->at < low || (unsigned char)*s->at > high) {
        return false;
    }
    s->at++;
    return true;
}

static bool
utf8(struct pjwt_json_text *s)
{
    for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
        if (within(s, leads[i].from, leads[i].to)) {
            bool good = within(s, leads[i].low, leads[i].high);

            for (unsigned more = leads[i].more; good && more > 0; more--) {
                good = within(s, 0x80, 0xbf);
            }
            return good;
        }
    }
    return false;
}

/* What stands for itself in a string: ASCII, and neither a control character, nor the quote,
 * nor what starts an escape. */
static const bool plain[256] = {
    [0x20 ... '"' - 1] = true,
    ['"' + 1 ... '\\' - 1] = true,
    ['\\' + 1 ... 0x7f] = true,
};

/* Sixteen characters at a time, by what compilers make of vectors on each machine. */
#define STEP 16
typedef signed char step __attribute__((vector_size(STEP)));

static step
step_at(const char *at)
{
    step characters;

    memcpy(&characters, at, sizeof(characters));
    return characters;
}

/* How many characters stand before the first one that is marked, in all of its bits? */
static unsigned
run_before(step marks)
{
    uint64_t half[2];

    memcpy(half, &marks, sizeof(half));
    if (half[0] != 0) {
        return (unsigned)__builtin_ctzll(le64toh(half[0])) / 8;
    }
    return half[1] == 0 ? STEP : 8 + (unsigned)__builtin_ctzll(le64toh(half[1])) / 8;
}

/* As signed numbers, what is no ASCII lies below the control characters. */
static unsigned
count_plain(const char *at)
{
    step c = step_at(at);

    return run_before((c < ' ') | (c == '"') | (c == '\\'));
}

static unsigned
count_spaces(const char *at)
{
    step c = step_at(at);

    return run_before(~((c == ' ') | (c == '\n') | (c == '\r') | (c == '\t')));
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* A line's end and its indentation are most of what stands between the tokens. */
void
pjwt_json_text_spaces(struct pjwt_json_text *s)
{
    while (s->end - s->at >= STEP) {
        unsigned run = count_spaces(s->at);

        s->at += run;
        if (run < STEP) {
            return;
        }
    }
    while (s->at < s->end && is_space(*s->at)) {
        s->at++;
    }
}

/* Strings are most of what we read. */
static const char *
skip_plain(const char *at, const char *end)
{
    while (end - at >= STEP) {
        unsigned run = count_plain(at);

        at += run;
        if (run < STEP) {
            return at;
        }
    }
    while (at < end && plain[(unsigned char)*at]) {
        at++;
    }
    return at;
}

bool
pjwt_json_text_string(struct pjwt_json_text *s, struct pjwt_json_span *span)
{
    if (!pjwt_json_text_take(s, '"')) {
        return false;
    }
    span->at = s->at;
    for (;;) {
        s->at = skip_plain(s->at, s->end);
        span->len = (size_t)(s->at - span->at);
        if (pjwt_json_text_take(s, '"')) {
            return true;
        }
        if (!(pjwt_json_text_take(s, '\\') ? escape(s) : utf8(s))) {
            return false;
        }
    }
}

bool
pjwt_json_text_scalar(struct pjwt_json_text *s)
{
    struct pjwt_json_span ignored;

    if (s->at == s->end) {
        return false;
    }
    switch (*s->at) {
    case '"':
        return pjwt_json_text_string(s, &ignored);
    case 't':
        return word(s, "true");
    case 'f':
        return word(s, "false");
    case 'n':
        return word(s, "null");
    default:
        return number(s);
    }
}
