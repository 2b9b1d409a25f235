#include "lib/wire/fields.h"

#include <string.h>

#define START_LEN  8 /* 'p', 'j', direction, version, then the length of what follows */
#define FIELD_HEAD 5 /* tag, then the length of its bytes */

/* Lengths are four bytes, big-endian. */
static void
put_length(unsigned char *out, size_t len)
{
    for (int i = 0; i < 4; i++) {
        out[i] = (unsigned char)(len >> (24 - 8 * i));
    }
}

static size_t
get_length(const unsigned char *in)
{
    return (size_t)in[0] << 24 | (size_t)in[1] << 16 | (size_t)in[2] << 8 | in[3];
}

void
pjwt_writer_start(struct pjwt_writer *w, struct pjwt_secret *into, char direction)
{
    char start[START_LEN] = {'p', 'j', direction, PJWT_WIRE_VERSION};

    w->into = into;
    w->failed = !pjwt_secret_append(into, start, sizeof(start));
}

void
pjwt_writer_bytes(struct pjwt_writer *w, uint8_t tag, const void *bytes, size_t len)
{
    unsigned char head[FIELD_HEAD] = {tag};

    put_length(head + 1, len);
    w->failed = w->failed || len > UINT32_MAX ||
                !pjwt_secret_append(w->into, head, sizeof(head)) ||
                !pjwt_secret_append(w->into, bytes, len);
}

void
pjwt_writer_text(struct pjwt_writer *w, uint8_t tag, const char *text)
{
    if (*text != '\0') {
        pjwt_writer_bytes(w, tag, text, strlen(text));
    }
}

void
pjwt_writer_number(struct pjwt_writer *w, uint8_t tag, int64_t number)
{
    unsigned char bytes[8];

    for (size_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] = (unsigned char)((uint64_t)number >> (56 - 8 * i));
    }
    if (number != 0) {
        pjwt_writer_bytes(w, tag, bytes, sizeof(bytes));
    }
}

bool
pjwt_writer_end(struct pjwt_writer *w)
{
    if (!w->failed) {
        put_length((unsigned char *)pjwt_secret_buffer(w->into) + START_LEN - 4,
                   pjwt_secret_len(w->into) - START_LEN);
    }
    return !w->failed;
}

void
pjwt_reader_start(struct pjwt_reader *r, const void *bytes, size_t len, char direction)
{
    const char start[4] = {'p', 'j', direction, PJWT_WIRE_VERSION};

    r->at = bytes;
    r->left = len;
    r->failed = len < START_LEN || memcmp(bytes, start, sizeof(start)) != 0 ||
                get_length(r->at + 4) != len - START_LEN;
    if (!r->failed) {
        r->at += START_LEN;
        r->left -= START_LEN;
    }
}

bool
pjwt_reader_bytes(struct pjwt_reader *r, uint8_t tag, const void **bytes, size_t *len)
{
    size_t size = 0;

    if (r->failed || r->left == 0 || r->at[0] != tag) {
        return false;
    }
    if (r->left < FIELD_HEAD) {
        r->failed = true;
        return false;
    }
    size = get_length(r->at + 1);
    if (size > r->left - FIELD_HEAD) {
        r->failed = true;
        return false;
    }
    *bytes = r->at + FIELD_HEAD;
    *len = size;
    r->at += FIELD_HEAD + size;
    r->left -= FIELD_HEAD + size;
    return true;
}

void
pjwt_reader_text(struct pjwt_reader *r, uint8_t tag, char *text, size_t size)
{
    const void *bytes = NULL;
    size_t len = 0;

    text[0] = '\0';
    if (!pjwt_reader_bytes(r, tag, &bytes, &len)) {
        return;
    }
    if (len == 0 || len >= size || memchr(bytes, '\0', len) != NULL) {
        r->failed = true; /* "" is spelt by leaving the field out */
        return;
    }
    memcpy(text, bytes, len);
    text[len] = '\0';
}

int64_t
pjwt_reader_number(struct pjwt_reader *r, uint8_t tag)
{
    const void *bytes = NULL;
    size_t len = 0;
    uint64_t number = 0;

    if (!pjwt_reader_bytes(r, tag, &bytes, &len)) {
        return 0;
    }
    for (size_t i = 0; i < len && i < 8; i++) {
        number = number << 8 | ((const unsigned char *)bytes)[i];
    }
    if (len != 8 || number == 0) {
        r->failed = true; /* 0 is spelt by leaving the field out */
        return 0;
    }
    return (int64_t)number;
}

bool
pjwt_reader_done(const struct pjwt_reader *r)
{
    return !r->failed && r->left == 0;
}
