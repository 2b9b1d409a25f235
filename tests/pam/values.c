#include "tests/pam/values.h"

#include "tests/pam/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define WINDOW   16
#define SHORTEST 6

static void
drop_item(struct values *values, size_t i)
{
    free(values->item[i].name);
    free(values->item[i].text);
    values->item[i] = values->item[--values->count];
}

void
values_set(struct values *values, const char *name, const char *text)
{
    char *copy = text_copy(text, strlen(text));

    for (size_t i = 0; i < values->count; i++) {
        if (strcmp(values->item[i].name, name) == 0) {
            drop_item(values, i);
            break;
        }
    }
    if (values->count == VALUES_MAX) {
        text_die("a case with more than %d values", VALUES_MAX);
    }
    values->item[values->count].name = text_copy(name, strlen(name));
    values->item[values->count++].text = copy;
}

const char *
values_get(const struct values *values, const char *name)
{
    for (size_t i = 0; i < values->count; i++) {
        if (strcmp(values->item[i].name, name) == 0) {
            return values->item[i].text;
        }
    }
    return NULL;
}

void
values_clear(struct values *values)
{
    while (values->count > 0) {
        drop_item(values, values->count - 1);
    }
}

/* Behind a name: [from:to], cut to what there is. */
static void
add_slice(const char **at, const char *value, char **out)
{
    size_t from = 0;
    size_t to = strlen(value);
    size_t len = to;
    int used = 0;

    if (sscanf(*at, "[%zu:%zu]%n", &from, &to, &used) == 2 && used > 0) {
        *at += used;
    } else if (used = 0, sscanf(*at, "[%zu:]%n", &from, &used) == 1 && used > 0) {
        *at += used;
    }
    to = to < len ? to : len;
    if (from < to) {
        text_add(out, "%.*s", (int)(to - from), value + from);
    }
}

static bool
add_name(const struct values *values, const char **at, char **out)
{
    char name[32] = "";
    size_t n = 0;
    const char *value = NULL;

    while (n < sizeof(name) - 1 && (isalnum((unsigned char)(*at)[n]) || (*at)[n] == '_')) {
        name[n] = (*at)[n];
        n++;
    }
    *at += n;
    value = values_get(values, name);
    if (value != NULL) {
        add_slice(at, value, out);
    }
    return value != NULL;
}

static bool
add_piece(const struct values *values, const char **at, char **out)
{
    unsigned byte = 0;
    size_t times = 0;
    char c = '\0';
    int used = 0;

    if (sscanf(*at, "%%%c*%zu%n", &c, &times, &used) == 2 && used > 0) {
        *at += used;
        text_repeat(out, c, times);
        return true;
    }
    if (**at == '%') {
        (*at)++;
        return add_name(values, at, out);
    }
    if (sscanf(*at, "\\x%2x%n", &byte, &used) == 1 && used == 4) {
        *at += used;
        text_add(out, "%c", (char)byte);
        return true;
    }
    text_add(out, "%c", *(*at)++);
    return true;
}

char *
values_expand(const struct values *values, const char *pieces)
{
    PJWT_AUTO(text) char *out = text_copy("", 0);
    const char *at = pieces;

    while (*at != '\0') {
        if (!add_piece(values, &at, &out)) {
            return NULL;
        }
    }
    return pjwt_take(out);
}

static bool
holds_window(const char *line, const char *secret)
{
    size_t len = strlen(secret);
    size_t window = len < WINDOW ? len : WINDOW;

    if (len < SHORTEST) {
        return false;
    }
    for (size_t i = 0; i + window <= len; i++) {
        if (memmem(line, strlen(line), secret + i, window) != NULL) {
            return true;
        }
    }
    return false;
}

bool
values_leak(const struct values *values, const char *line)
{
    for (size_t i = 0; i < values->count; i++) {
        if (holds_window(line, values->item[i].text)) {
            return true;
        }
    }
    return false;
}
