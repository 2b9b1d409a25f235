#include "lib/store/base62.h"

#include <string.h>

const char pjwt_base62_digits[62] = {"0123456789"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "abcdefghijklmnopqrstuvwxyz"};

/* All ones when `c` lies there, else zero. */
static unsigned
within(unsigned c, unsigned from, unsigned to)
{
    return (((c - from) | (to - c)) >> 31) - 1;
}

/* Without a branch on the digit: what is typed is a secret, and must not show in the time. */
int
pjwt_base62_value(char digit)
{
    unsigned c = (unsigned char)digit;
    unsigned number = within(c, '0', '9');
    unsigned upper = within(c, 'A', 'Z');
    unsigned lower = within(c, 'a', 'z');

    return (int)((number & (c - '0')) | (upper & (c - 'A' + 10)) | (lower & (c - 'a' + 36)) |
                 ~(number | upper | lower));
}

bool
pjwt_base62_all(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (pjwt_base62_value(text[i]) < 0) {
            return false;
        }
    }
    return true;
}

/* Divides the big-endian `number` by 62 in place and returns the remainder. */
static unsigned
divide(unsigned char *number, size_t len)
{
    unsigned rest = 0;

    for (size_t i = 0; i < len; i++) {
        rest = rest * 256 + number[i];
        number[i] = (unsigned char)(rest / 62);
        rest %= 62;
    }
    return rest;
}

void
pjwt_base62_write(const void *bytes, size_t len, char *out, size_t width)
{
    unsigned char number[PJWT_BASE62_BYTES_MAX] = {0};

    memcpy(number, bytes, len);
    for (size_t i = width; i > 0; i--) {
        out[i - 1] = pjwt_base62_digits[divide(number, len)];
    }
    explicit_bzero(number, sizeof(number));
}

/* number = number * 62 + digit; false when a carry falls out. */
static bool
multiply(unsigned char *number, size_t len, unsigned digit)
{
    unsigned carry = digit;

    for (size_t i = len; i > 0; i--) {
        carry += number[i - 1] * 62U;
        number[i - 1] = (unsigned char)(carry & 0xff);
        carry >>= 8;
    }
    return carry == 0;
}

bool
pjwt_base62_fits(const char *text, size_t width, size_t len)
{
    unsigned char number[PJWT_BASE62_BYTES_MAX] = {0};
    bool fits = true;

    for (size_t i = 0; i < width && fits; i++) {
        int value = pjwt_base62_value(text[i]);

        fits = value >= 0 && multiply(number, len, (unsigned)value);
    }
    explicit_bzero(number, sizeof(number));
    return fits;
}
