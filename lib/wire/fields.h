/* How does a message hold its fields? Magic, version, the length of the rest; then tag, length,
 * bytes; tags rise, so that there is one spelling for each message and no field comes twice. */
#ifndef PJWT_WIRE_FIELDS_H
#define PJWT_WIRE_FIELDS_H

#include "lib/base/secret.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PJWT_WIRE_VERSION 3

/* Writes into a secret; the first failure sticks, so that only the end need be checked. */
struct pjwt_writer {
    struct pjwt_secret *into; /* borrowed */
    bool failed;
};

void pjwt_writer_start(struct pjwt_writer *w, struct pjwt_secret *into, char direction);
void pjwt_writer_bytes(struct pjwt_writer *w, uint8_t tag, const void *bytes, size_t len);
void pjwt_writer_text(struct pjwt_writer *w, uint8_t tag,
                      const char *text); /* "" is left out */
void pjwt_writer_number(struct pjwt_writer *w, uint8_t tag, int64_t number); /* 0 is left out */

/* Fills in the length; true when nothing failed. */
bool pjwt_writer_end(struct pjwt_writer *w) PJWT_MUST_USE;

/* Reads borrowed bytes; the first failure sticks. */
struct pjwt_reader {
    const unsigned char *at;
    size_t left;
    bool failed;
};

void pjwt_reader_start(struct pjwt_reader *r, const void *bytes, size_t len, char direction);

/* The next field when its tag is `tag`: true, and a borrowed span. False when it is another one
 * (absent) or when the message is malformed. */
bool pjwt_reader_bytes(struct pjwt_reader *r, uint8_t tag, const void **bytes, size_t *len);
/* Absent is ""; a NUL inside, or more than fits, is malformed. */
void pjwt_reader_text(struct pjwt_reader *r, uint8_t tag, char *text, size_t size);
/* Absent is 0. */
int64_t pjwt_reader_number(struct pjwt_reader *r, uint8_t tag);

/* True when every byte was read and nothing failed. */
bool pjwt_reader_done(const struct pjwt_reader *r) PJWT_MUST_USE;

#endif
