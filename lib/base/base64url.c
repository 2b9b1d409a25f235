/* Is this base64url, in the one spelling that is allowed? */
#include "lib/base/base64url.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* The value of a digit of RFC 4648 table 2, or -1. */
static int
digit(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    if (c == '-') {
        return 62;
    }
    return c == '_' ? 63 : -1;
}

pjwt_verdict
pjwt_base64url_decode(const char *text, size_t len, unsigned char *out, size_t *out_len)
{
    unsigned pending = 0; /* low `bits` bits are decoded, but no whole byte yet */
    unsigned bits = 0;
    size_t n = 0;

    if (len % 4 == 1) {
        return PJWT_SAY(BASE64URL); /* six bits are no byte */
    }
    for (size_t i = 0; i < len; i++) {
        int value = digit(text[i]);

        if (value < 0) {
            return PJWT_SAY(BASE64URL);
        }
        pending = (pending << 6 | (unsigned)value) & 0x3fffu;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[n++] = (unsigned char)(pending >> bits & 0xffu);
        }
    }
    /* RFC 4648 section 3.5: unused bits may be anything to a lenient decoder; then one
     * signature has several spellings, so that a revoked token could be typed anew. */
    if ((pending & ((1u << bits) - 1)) != 0) {
        return PJWT_SAY(BASE64URL);
    }
    *out_len = n;
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
