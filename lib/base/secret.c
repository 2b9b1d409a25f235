#include "lib/base/secret.h"

#include <string.h>

struct pjwt_secret {
    size_t len;
    size_t room;
    char bytes[];
};

/* Nothing that we keep secret is larger. */
static const size_t room_max = (size_t)PJWT_CREDENTIAL_MAX * 64;

struct pjwt_secret *
pjwt_secret_new(size_t room)
{
    struct pjwt_secret *s = NULL;

    if (room > room_max) {
        return NULL;
    }
    s = calloc(1, sizeof(*s) + room + 1);
    if (s != NULL) {
        s->room = room;
    }
    return s;
}

struct pjwt_secret *
pjwt_secret_copy(const void *bytes, size_t len)
{
    struct pjwt_secret *s = pjwt_secret_new(len);

    if (s != NULL && len > 0) {
        memcpy(s->bytes, bytes, len);
        s->len = len;
    }
    return s;
}

bool
pjwt_secret_append(struct pjwt_secret *s, const void *bytes, size_t len)
{
    if (len > s->room - s->len) {
        return false;
    }
    if (len > 0) {
        memcpy(s->bytes + s->len, bytes, len);
        s->len += len;
    }
    return true;
}

const char *
pjwt_secret_bytes(const struct pjwt_secret *s)
{
    return s->bytes;
}

size_t
pjwt_secret_len(const struct pjwt_secret *s)
{
    return s->len;
}

char *
pjwt_secret_buffer(struct pjwt_secret *s)
{
    return s->bytes;
}

size_t
pjwt_secret_room(const struct pjwt_secret *s)
{
    return s->room;
}

void
pjwt_secret_set_len(struct pjwt_secret *s, size_t len)
{
    s->len = len <= s->room ? len : s->room;
    s->bytes[s->len] = '\0';
}

void
pjwt_secret_free(struct pjwt_secret *s)
{
    if (s != NULL) {
        explicit_bzero(s, sizeof(*s) + s->room + 1);
        free(s);
    }
}

void
pjwt_secret_wipe_text(char *text)
{
    if (text != NULL) {
        explicit_bzero(text, strlen(text));
        free(text);
    }
}
