#include "helper/cmd/output.h"

#include "helper/cmd/instant.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* How many bytes the character at `c` has, by RFC 3629 section 4; 0: it is none. */
static size_t
length_of(const unsigned char *c)
{
    size_t len = *c < 0x80   ? 1
                 : *c < 0xc2 ? 0
                 : *c < 0xe0 ? 2
                 : *c < 0xf0 ? 3
                 : *c < 0xf5 ? 4
                             : 0;
    bool beyond = (c[0] == 0xe0 && c[1] < 0xa0) || (c[0] == 0xed && c[1] > 0x9f) ||
                  (c[0] == 0xf0 && c[1] < 0x90) || (c[0] == 0xf4 && c[1] > 0x8f);

    for (size_t i = 1; i < len; i++) {
        if ((c[i] & 0xc0) != 0x80) { /* the NUL too */
            return 0;
        }
    }
    return beyond ? 0 : len;
}

/* A byte that is no character may be a control character to a terminal of another charset. */
void
pjwt_output_clean(char *text, const char *keep)
{
    unsigned char *c = (unsigned char *)text;

    while (*c != '\0') {
        size_t len = length_of(c);

        if (len == 0) {
            *c = '?';
            len = 1;
        } else if (c[0] == 0xc2 && c[1] <= 0x9f) { /* U+0080 to U+009F */
            c[0] = c[1] = '?';
        } else if ((*c < 0x20 || *c == 0x7f) && strchr(keep, *c) == NULL) {
            *c = '?';
        }
        c += len;
    }
}

static bool
write_all(const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t put = write(STDOUT_FILENO, bytes, len);

        if (put < 0 && errno != EINTR) {
            return false;
        }
        if (put > 0) {
            bytes += put;
            len -= (size_t)put;
        }
    }
    return true;
}

bool
pjwt_output_secret(const struct pjwt_secret *secret)
{
    return fflush(stdout) == 0 &&
           write_all(pjwt_secret_bytes(secret), pjwt_secret_len(secret)) && write_all("\n", 1);
}

bool
pjwt_output_is_public(void)
{
    struct stat st;

    return fstat(STDOUT_FILENO, &st) == 0 && S_ISREG(st.st_mode) &&
           (st.st_mode & (S_IRGRP | S_IROTH)) != 0;
}

void
pjwt_output_json(const json_t *value, bool indented)
{
    /* main() looks at stdout's error flag when all is done. */
    (void)json_dumpf(value, stdout, indented ? JSON_INDENT(2) : JSON_COMPACT);
    (void)fputc('\n', stdout);
}

/* Columns on the screen, near enough: continuation bytes take no place of their own. */
static size_t
width_of(const char *text)
{
    size_t width = 0;

    for (; *text != '\0'; text++) {
        width += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return width;
}

void
pjwt_output_measure(struct pjwt_table *table, const char *const *cell)
{
    for (size_t i = 0; i < table->columns; i++) {
        size_t width = width_of(cell[i]);
        size_t least = width_of(table->title[i]);

        width = width < least ? least : width;
        table->width[i] = table->width[i] < width ? width : table->width[i];
    }
}

static void
put_cell(const char *text, size_t width, bool last)
{
    PJWT_AUTO(text) char *clean = strdup(text);
    size_t used = width_of(text);

    if (clean == NULL) {
        return;
    }
    pjwt_output_clean(clean, "");
    (void)printf("%s%*s", clean, last ? 0 : (int)(width > used ? width - used + 2 : 2), "");
}

static void
put_row(const struct pjwt_table *table, const char *const *cell)
{
    for (size_t i = 0; i < table->columns; i++) {
        put_cell(cell[i], table->width[i], i + 1 == table->columns);
    }
    (void)fputc('\n', stdout);
}

void
pjwt_output_row(struct pjwt_table *table, const char *const *cell)
{
    if (!table->titled) {
        put_row(table, table->title);
        table->titled = true;
    }
    put_row(table, cell);
}

void
pjwt_output_set(json_t *object, const char *name, const char *value)
{
    bool empty = value == NULL || *value == '\0';

    (void)json_object_set_new(object, name, empty ? json_null() : json_string(value));
}

void
pjwt_output_set_time(json_t *object, const char *name, int64_t instant)
{
    char text[PJWT_INSTANT_SIZE];

    pjwt_output_set(object, name, instant == 0 ? NULL : pjwt_instant_text(instant, text));
}
