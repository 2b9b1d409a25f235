/* What holds a token or a ticket? Bytes with their length, wiped on drop, with no route to a
 * printer. */
#ifndef PJWT_BASE_SECRET_H
#define PJWT_BASE_SECRET_H

#include "lib/base/own.h"
#include "lib/base/verdict.h"

#include <stddef.h>

#define PJWT_CREDENTIAL_MAX 16384 /* bytes: the longest credential that is looked at */

struct pjwt_secret;

/* An empty secret that can hold up to `room` bytes and never moves; owned by the caller. NULL
 * without memory. */
struct pjwt_secret *pjwt_secret_new(size_t room) PJWT_MUST_USE;

/* As above, holding a copy of `len` bytes (borrowed; the caller wipes its own). */
struct pjwt_secret *pjwt_secret_copy(const void *bytes, size_t len) PJWT_MUST_USE;

/* Adds `len` bytes (borrowed); false, and nothing added, when they do not fit. */
bool pjwt_secret_append(struct pjwt_secret *s, const void *bytes, size_t len) PJWT_MUST_USE;

/* Borrowed: valid until the next append or drop; NUL-terminated for parsers, though secrets may
 * hold NUL bytes: trust the length. */
const char *pjwt_secret_bytes(const struct pjwt_secret *s);
size_t pjwt_secret_len(const struct pjwt_secret *s);

/* Where a reader may place up to pjwt_secret_room() bytes before pjwt_secret_set_len(). */
char *pjwt_secret_buffer(struct pjwt_secret *s);
size_t pjwt_secret_room(const struct pjwt_secret *s);
void pjwt_secret_set_len(struct pjwt_secret *s, size_t len);

/* Wipes and releases; NULL is allowed. */
void pjwt_secret_free(struct pjwt_secret *s);
PJWT_DEFINE_DROP(secret, struct pjwt_secret, pjwt_secret_free)

/* Wipes a NUL-terminated string and releases it; NULL is allowed. */
void pjwt_secret_wipe_text(char *text);
PJWT_DEFINE_DROP(secret_text, char, pjwt_secret_wipe_text)

#endif
