/* Which local users does a map give a value of the user claim? */
#include "lib/policy/user_map.h"

#include "lib/base/file.h"
#include "lib/base/grant.h"
#include "lib/policy/user.h"

#include <stdlib.h>
#include <string.h>

struct line {
    const char *user;
    const char *value;
    long number;
};

struct pjwt_user_map {
    char *text; /* taken apart in place; the lines point into it */
    struct line *line;
    size_t lines; /* by value, then by user */
};

struct reader {
    const char *path;
    long number; /* of the line being read */
    struct pjwt_user_map *map;
    struct pjwt_why *why;
};

#define REFUSE(r, format, ...)                                                         \
    (pjwt_why_set((r)->why, "%s:%ld: " format, (r)->path, (r)->number, ##__VA_ARGS__), \
     PJWT_SAY(MAP_BAD))

static pjwt_verdict
from_file(enum pjwt_file outcome, const char *path, struct pjwt_why *why)
{
    switch (outcome) {
    case PJWT_FILE_OK:
        return PJWT_SAY(OK);
    case PJWT_FILE_UNSAFE:
        return PJWT_SAY(MAP_UNSAFE);
    case PJWT_FILE_LONG:
        pjwt_why_set(why, "%s: the file is larger than 1 MiB", path);
        return PJWT_SAY(MAP_BAD);
    case PJWT_FILE_MEMORY:
        return PJWT_SAY(NO_MEMORY);
    default:
        return PJWT_SAY(MAP_UNREAD);
    }
}

static const char *
fault(const char *text, size_t len)
{
    for (const char *c = text; c < text + len; c++) {
        if (*c == '\r') {
            return "a carriage return: save the file with Unix line ends";
        }
        if (((unsigned char)*c < 0x20 && *c != '\t') || *c == 0x7f) {
            return *c == '\0' ? "a NUL byte" : "a control character";
        }
    }
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0) {
        return "a byte order mark: save the file as UTF-8 without one";
    }
    return len > PJWT_USER_MAP_LINE ? "a line of more than 1024 bytes" : NULL;
}

/* What looks like a slip of the pen. The value is compared byte for byte, so that none of this
 * would ever be told by a refusal. */
static const char *
wrong_value(const char *value)
{
    size_t len = strlen(value);

    if (len == 0) {
        return "no value behind the user: a line is USER VALUE";
    }
    if (len >= PJWT_SUB_MAX) {
        return "a value of more than 512 bytes";
    }
    if (value[len - 1] == ' ' || value[len - 1] == '\t') {
        return "a blank at the end of the line";
    }
    if (len > 1 && value[0] == value[len - 1] && strchr("\"'", value[0]) != NULL) {
        return "write the value without quotes";
    }
    if (strstr(value, " #") != NULL || strstr(value, "\t#") != NULL || *value == '#') {
        return "a comment must be a line of its own";
    }
    return *value == '=' ? "no = between user and value" : NULL;
}

static pjwt_verdict
read_line(struct reader *r, char *text, size_t len)
{
    const char *wrong = fault(text, len);
    size_t name = strcspn(text, " \t");
    char *value = text + name + strspn(text + name, " \t");

    if (wrong != NULL) {
        return REFUSE(r, "%s", wrong);
    }
    if (*text == '#' || (name == 0 && *value == '\0')) {
        return PJWT_SAY(OK);
    }
    if (name == 0) {
        return REFUSE(r, "a line must start in the first column");
    }
    wrong = wrong_value(value);
    text[name] = '\0';
    if (!pjwt_user_name_valid(text)) {
        return REFUSE(r, "%.64s is no local user name: a line is USER VALUE", text);
    }
    if (wrong != NULL) {
        return REFUSE(r, "%s", wrong);
    }
    if (r->map->lines == PJWT_USER_MAP_LINES) {
        return REFUSE(r, "more than %d lines", PJWT_USER_MAP_LINES);
    }
    r->map->line[r->map->lines++] = (struct line){text, value, r->number};
    return PJWT_SAY(OK);
}

static pjwt_verdict
read_lines(struct reader *r, char *text, size_t len)
{
    text[len] = '\n'; /* in the place of the NUL: the last line ends like all others */
    for (char *line = text; line < text + len;) {
        char *end = rawmemchr(line, '\n');

        *end = '\0';
        r->number++;
        PJWT_TRY(read_line(r, line, (size_t)(end - line)));
        line = end + 1;
    }
    return PJWT_SAY(OK);
}

static int
by_value(const void *a, const void *b)
{
    const struct line *x = a;
    const struct line *y = b;
    int order = strcmp(x->value, y->value);

    order = order == 0 ? strcmp(x->user, y->user) : order;
    return order == 0 ? (x->number > y->number) - (x->number < y->number) : order;
}

static pjwt_verdict
refuse_twice(struct reader *r)
{
    struct pjwt_user_map *map = r->map;

    qsort(map->line, map->lines, sizeof(map->line[0]), by_value);
    for (size_t i = 1; i < map->lines; i++) {
        const struct line *first = &map->line[i - 1];
        const struct line *second = &map->line[i];

        if (strcmp(first->value, second->value) == 0 &&
            strcmp(first->user, second->user) == 0) {
            r->number = second->number;
            return REFUSE(r, "%s and this value stand twice, first in line %ld", first->user,
                          first->number);
        }
    }
    return PJWT_SAY(OK);
}

/* Room for as many lines as the text can have, or as many as are allowed. */
static bool
make_room(struct pjwt_user_map *map, size_t len)
{
    size_t lines = 1;

    for (size_t i = 0; i < len && lines < PJWT_USER_MAP_LINES; i++) {
        lines += map->text[i] == '\n';
    }
    map->line = calloc(lines, sizeof(map->line[0]));
    return map->line != NULL;
}

pjwt_verdict
pjwt_user_map_load(const char *path, struct pjwt_user_map **map, struct pjwt_why *why)
{
    PJWT_AUTO(user_map) struct pjwt_user_map *made = calloc(1, sizeof(*made));
    struct reader r = {.path = path, .map = made, .why = why};
    size_t len = 0;

    if (made == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    PJWT_TRY(from_file(
        pjwt_file_read(path, PJWT_FILE_PUBLIC, PJWT_USER_MAP_BYTES, &made->text, &len, why),
        path, why));
    if (!make_room(made, len)) {
        return PJWT_SAY(NO_MEMORY);
    }
    PJWT_TRY(read_lines(&r, made->text, len));
    PJWT_TRY(refuse_twice(&r));
    *map = pjwt_take(made);
    return PJWT_SAY(OK);
}

void
pjwt_user_map_free(struct pjwt_user_map *map)
{
    if (map != NULL) {
        free(map->text);
        free(map->line);
        free(map);
    }
}

const char *
pjwt_user_map_next(const struct pjwt_user_map *map, const char *value, size_t *at)
{
    while (*at < map->lines) {
        const struct line *line = &map->line[(*at)++];

        if (strcmp(line->value, value) == 0) {
            return line->user;
        }
    }
    return NULL;
}
