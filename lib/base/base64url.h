/* Is this base64url, in the one spelling that RFC 7515 section 2 and RFC 4648 sections 3.5 and
 * 5 allow? */
#ifndef PJWT_BASE_BASE64URL_H
#define PJWT_BASE_BASE64URL_H

#include "lib/base/verdict.h"

#include <stddef.h>

/* How many characters encode `bytes`, and how many bytes `chars` decode to at most. */
#define PJWT_BASE64URL_ROOM(bytes)  (((bytes)*4 + 2) / 3)
#define PJWT_BASE64URL_BYTES(chars) ((chars)*3 / 4)

/*
 * Decodes `len` characters (borrowed) into `out` (at least PJWT_BASE64URL_BYTES(len) bytes,
 * borrowed) and sets `*out_len`, bytes. RFC 7515 section 2: "with all trailing '=' characters
 * omitted [...] and without the inclusion of any line breaks, whitespace, or other additional
 * characters." RFC 4648 section 3.5: "decoders MAY chose to reject an encoding if the pad bits
 * have not been set to zero." So there is one text for each value.
 *
 * Reasons: BASE64URL, which leaves `*out_len` untouched.
 */
pjwt_verdict pjwt_base64url_decode(const char *text, size_t len, unsigned char *out,
                                   size_t *out_len) PJWT_MUST_USE;

/* Encodes `len` bytes into `out`, PJWT_BASE64URL_ROOM(len) characters and no NUL; returns how
 * many. */
size_t pjwt_base64url_encode(const void *bytes, size_t len, char *out);

#endif
