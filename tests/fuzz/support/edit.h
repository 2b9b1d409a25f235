/* Which token does the fuzzer's input ask for? A good one, changed in a few places. */
#ifndef PJWT_FUZZ_EDIT_H
#define PJWT_FUZZ_EDIT_H

#include <stddef.h>
#include <stdint.h>

struct edit_token {
    char *header; /* owned; NUL-terminated unless the input holds a NUL */
    size_t header_len;
    char *payload;
    size_t payload_len;
};

/* Input that starts with '{' is the header's text up to the first newline, and the payload's
 * behind it: so any bytes can be had. All other input is a list of edits of a good token, or,
 * when its length is odd, the seed of one or two edits. */
void edit_make(const uint8_t *bytes, size_t len, struct edit_token *token);
void edit_clear(struct edit_token *token);

#endif
