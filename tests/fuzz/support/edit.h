/* Which token does the fuzzer's input ask for? A good one, changed in a few places. */
#ifndef PJWT_FUZZ_EDIT_H
#define PJWT_FUZZ_EDIT_H

#include <jansson.h>
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

/* The input, as it is used up; past its end there are zeros. */
struct edit_input {
    const uint8_t *at;
    size_t left;
};

/* Member names and JSON texts to choose from. */
struct edit_words {
    const char *const *names;
    size_t names_count;
    const char *const *values;
    size_t values_count;
};

unsigned edit_take(struct edit_input *in);

/* Removes a member of `object`, or gives it another value. */
void edit_member(struct edit_input *in, const struct edit_words *vocabulary, json_t *object);

#endif
