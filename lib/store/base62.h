/* How is a number written in base62? Digits 0-9A-Za-z, most significant first, a fixed width.
 */
#ifndef PJWT_STORE_BASE62_H
#define PJWT_STORE_BASE62_H

#include <stdbool.h>
#include <stddef.h>

#define PJWT_BASE62_BYTES_MAX 32 /* of the largest number */

extern const char pjwt_base62_digits[62];

/* The value of one digit; -1 when it is none. */
int pjwt_base62_value(char digit);

/* Are these `len` characters (borrowed) digits, all of them? */
bool pjwt_base62_all(const char *text, size_t len);

/* Writes the big-endian number in `bytes` (at most PJWT_BASE62_BYTES_MAX) as `width` digits,
 * zeros in front and no NUL behind. Digits that do not fit are lost: `width` is the caller's to
 * choose. */
void pjwt_base62_write(const void *bytes, size_t len, char *out, size_t width);

/* Is the number that these `width` digits (borrowed) spell smaller than 256 to the `len`? False
 * for a character that is no digit. */
bool pjwt_base62_fits(const char *text, size_t width, size_t len);

#endif
