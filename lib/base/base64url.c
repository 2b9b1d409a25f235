/* Is this base64url, in the one spelling that is allowed? */
#include "lib/base/base64url.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* What digit() says of a character that has no value: its bits show in whatever it is joined
 * with. */
#define NO_DIGIT 0xffu
#define D(value) ((value) ^ NO_DIGIT)

/* RFC 4648 table 2 read backwards, and each bit turned: what is not named here stays zero, and
 * zero means NO_DIGIT. */
static const unsigned char digits[256] = {
    ['A'] = D(0),  ['B'] = D(1),  ['C'] = D(2),  ['D'] = D(3),  ['E'] = D(4),  ['F'] = D(5),
    ['G'] = D(6),  ['H'] = D(7),  ['I'] = D(8),  ['J'] = D(9),  ['K'] = D(10), ['L'] = D(11),
    ['M'] = D(12), ['N'] = D(13), ['O'] = D(14), ['P'] = D(15), ['Q'] = D(16), ['R'] = D(17),
    ['S'] = D(18), ['T'] = D(19), ['U'] = D(20), ['V'] = D(21), ['W'] = D(22), ['X'] = D(23),
    ['Y'] = D(24), ['Z'] = D(25), ['a'] = D(26), ['b'] = D(27), ['c'] = D(28), ['d'] = D(29),
    ['e'] = D(30), ['f'] = D(31), ['g'] = D(32), ['h'] = D(33), ['i'] = D(34), ['j'] = D(35),
    ['k'] = D(36), ['l'] = D(37), ['m'] = D(38), ['n'] = D(39), ['o'] = D(40), ['p'] = D(41),
    ['q'] = D(42), ['r'] = D(43), ['s'] = D(44), ['t'] = D(45), ['u'] = D(46), ['v'] = D(47),
    ['w'] = D(48), ['x'] = D(49), ['y'] = D(50), ['z'] = D(51), ['0'] = D(52), ['1'] = D(53),
    ['2'] = D(54), ['3'] = D(55), ['4'] = D(56), ['5'] = D(57), ['6'] = D(58), ['7'] = D(59),
    ['8'] = D(60), ['9'] = D(61), ['-'] = D(62), ['_'] = D(63),
};

static unsigned
digit(char c)
{
    return digits[(unsigned char)c] ^ NO_DIGIT;
}

/* Two or three characters at the end, for one or two bytes. */
static pjwt_verdict
decode_rest(const char *text, size_t len, unsigned char *out)
{
    unsigned c = len == 3 ? digit(text[2]) : 0;
    unsigned seen = digit(text[0]) | digit(text[1]) | c;
    unsigned all = digit(text[0]) << 12 | digit(text[1]) << 6 | c;

    /* RFC 4648 section 3.5: unused bits may be anything to a lenient decoder; then one
     * signature has several spellings, so that a revoked token could be typed anew. */
    if (seen > 63 || (all & (len == 3 ? 0x3u : 0x3ffu)) != 0) {
        return PJWT_SAY(BASE64URL);
    }
    out[0] = (unsigned char)(all >> 10 & 0xffu);
    if (len == 3) {
        out[1] = (unsigned char)(all >> 2 & 0xffu);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_base64url_decode(const char *text, size_t len, unsigned char *out, size_t *out_len)
{
    size_t rest = len % 4;
    unsigned seen = 0; /* the bits of every value: above 63 when one was no digit */

    if (rest == 1) {
        return PJWT_SAY(BASE64URL); /* six bits are no byte */
    }
    for (const char *end = text + (len - rest); text < end; text += 4, out += 3) {
        unsigned a = digit(text[0]);
        unsigned b = digit(text[1]);
        unsigned c = digit(text[2]);
        unsigned d = digit(text[3]);

        seen |= a | b | c | d;
        out[0] = (unsigned char)((a << 2 | b >> 4) & 0xffu);
        out[1] = (unsigned char)((b << 4 | c >> 2) & 0xffu);
        out[2] = (unsigned char)((c << 6 | d) & 0xffu);
    }
    if (seen > 63) {
        return PJWT_SAY(BASE64URL);
    }
    if (rest > 0) {
        PJWT_TRY(decode_rest(text, rest, out));
    }
    *out_len = PJWT_BASE64URL_BYTES(len);
    return PJWT_SAY(OK);
}

size_t
pjwt_base64url_encode(const void *bytes, size_t len, char *out)
{
    const unsigned char *in = bytes;
    unsigned pending = 0;
    unsigned bits = 0;
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        pending = (pending << 8 | in[i]) & 0x3fffu;
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            out[n++] = alphabet[pending >> bits & 0x3fu];
        }
    }
    if (bits > 0) {
        out[n++] = alphabet[pending << (6 - bits) & 0x3fu];
    }
    return n;
}
