#include "tests/pam/script.h"

#include "tests/pam/text.h"

#include <stdio.h>
#include <string.h>

static void
add(struct script *script, int number, const char *name, size_t name_len, const char *text)
{
    size_t len = strlen(text);

    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == ' ')) {
        len--;
    }
    if (script->count == SCRIPT_LINES) {
        text_die("a case of more than %d lines", SCRIPT_LINES);
    }
    script->line[script->count++] =
        (struct script_line){number, text_copy(name, name_len), text_copy(text, len)};
}

static void
take_title(struct script *script, const char *comment)
{
    size_t len = strcspn(comment, "\n");

    len -= len > 0 && comment[len - 1] == '.';
    if (script->title == NULL) {
        script->title = text_copy(comment, len);
    }
}

/* "[name] text" */
static bool
take_entry(struct script *script, int number, const char *line)
{
    const char *end = strchr(line, ']');

    if (line[0] != '[' || end == NULL) {
        return false;
    }
    add(script, number, line + 1, (size_t)(end - line - 1), end + 1 + strspn(end + 1, " "));
    return true;
}

bool
script_read(const char *path, struct script *script, char **error)
{
    FILE *file = fopen(path, "re");
    char line[4096] = "";
    int number = 0;

    *script = (struct script){0};
    if (file == NULL) {
        *error = text_format("cannot be read");
        return false;
    }
    while (*error == NULL && fgets(line, sizeof(line), file) != NULL) {
        number++;
        if (line[0] == '#') {
            take_title(script, line + 1 + strspn(line + 1, " "));
        } else if (line[0] != '\n' && !take_entry(script, number, line)) {
            *error = text_format("line %d: neither a comment nor [name] words", number);
        }
    }
    (void)fclose(file);
    if (*error == NULL && script->title == NULL) {
        *error = text_format("no comment says what it is about");
    }
    return *error == NULL;
}

static void
copy_line(struct script *to, const struct script_line *line)
{
    add(to, line->number, line->name, strlen(line->name), line->text);
}

/* Where the first block of lines of that name begins; `*len` lines. */
static size_t
find_block(const struct script *script, const struct script_line *like, size_t *len)
{
    size_t i = 0;

    while (i < script->count && strcmp(script->line[i].name, like->name) != 0) {
        i++;
    }
    *len = 0;
    while (i + *len < script->count && strcmp(script->line[i + *len].name, like->name) == 0) {
        ++*len;
    }
    return *len > 0 ? i : 0;
}

static const struct script_line *
find_control(const struct script *script, size_t n)
{
    for (size_t i = 0; i < script->count; i++) {
        if (strcmp(script->line[i].name, "control") == 0 && n-- == 0) {
            return &script->line[i];
        }
    }
    return NULL;
}

bool
script_control(const struct script *script, size_t n, struct script *control)
{
    const struct script_line *line = find_control(script, n);
    struct script change = {0};
    size_t at = 0;
    size_t len = 0;

    *control = (struct script){0};
    if (line == NULL) {
        return false;
    }
    if (!take_entry(&change, line->number, line->text)) {
        text_die("[control] needs a line such as [token] exp=+5m");
    }
    at = find_block(script, &change.line[0], &len);
    control->title = text_copy(script->title, strlen(script->title));
    for (size_t i = 0; i <= script->count; i++) {
        if (i == at) {
            copy_line(control, &change.line[0]);
        }
        if (i < script->count && (i < at || i >= at + len) &&
            strcmp(script->line[i].name, "control") != 0) {
            copy_line(control, &script->line[i]);
        }
    }
    script_drop(&change);
    return true;
}

void
script_drop(struct script *script)
{
    for (size_t i = 0; i < script->count; i++) {
        free(script->line[i].name);
        free(script->line[i].text);
    }
    free(script->title);
    *script = (struct script){0};
}
