#include "helper/lint/sudoers.h"

#include "helper/lint/tree.h"
#include "lib/policy/list.h"

#include <stdio.h>
#include <string.h>

#define BLANKS     " \t\r"
#define LIST_SCOPE __attribute__((cleanup(pjwt_list_clear)))

struct reader {
    const char *root;
    pjwt_sudoers_fn *each;
    void *context;
    size_t files;
    bool complete;
};

struct place {
    const char *file;
    long line;
};

static void take_file(struct reader *r, const char *path);

static void
say(const struct reader *r, const struct place *at, const char *name, const char *value,
    bool off)
{
    struct pjwt_sudoers_setting setting = {name, value, off, at->file, at->line};

    r->each(r->context, &setting);
}

/* One "NAME", "!NAME", "NAME=VALUE", "NAME += VALUE"; quotes around the value go. */
static void
take_default(const struct reader *r, const struct place *at, char *text)
{
    char *name = text + strspn(text, BLANKS);
    bool off = *name == '!';
    char *value = NULL;
    size_t end = 0;

    name += off ? 1 : 0;
    name += strspn(name, BLANKS);
    value = strchr(name, '=');
    if (value != NULL) {
        *value++ = '\0';
        value += strspn(value, BLANKS "\"");
        value[strcspn(value, "\"")] = '\0';
    }
    end = strcspn(name, BLANKS "+-");
    name[end] = '\0';
    if (*name != '\0') {
        say(r, at, name, value, off);
    }
}

/* Commas part the settings, but not within quotes. */
static void
take_defaults(const struct reader *r, const struct place *at, char *rest)
{
    while (*rest != '\0') {
        char *start = rest;
        bool quoted = false;

        while (*rest != '\0' && (quoted || *rest != ',')) {
            quoted = *rest == '"' ? !quoted : quoted;
            rest++;
        }
        if (*rest == ',') {
            *rest++ = '\0';
        }
        take_default(r, at, start);
    }
}

/* @include FILE and @includedir DIR; '#' was the older mark. Names without '/' in front are
 * those beside sudoers. */
static void
include(struct reader *r, const char *name, bool dir)
{
    PJWT_AUTO(text) char *path = NULL;
    LIST_SCOPE struct pjwt_list names = {0};

    if (asprintf(&path, "%s%s%s", r->root, name[0] == '/' ? "" : "/etc/", name) < 0) {
        path = NULL;
        r->complete = false;
        return;
    }
    if (!dir) {
        take_file(r, path);
        return;
    }
    if (pjwt_tree_list(path, PJWT_SUDOERS_FILES, &names) == PJWT_TREE_UNREADABLE) {
        r->complete = false;
    }
    for (size_t i = 0; i < names.count; i++) {
        size_t len = strlen(names.item[i]);
        PJWT_AUTO(text) char *file = pjwt_config_path(path, names.item[i]);

        /* sudoers(5): "skipping file names that end in ~ or contain a . character" */
        if (strchr(names.item[i], '.') == NULL && names.item[i][len - 1] != '~' &&
            file != NULL) {
            take_file(r, file);
        }
    }
}

static bool
take_include(struct reader *r, char *line)
{
    static const struct {
        const char *word;
        bool dir;
    } words[] = {{"include ", false},
                 {"include\t", false},
                 {"includedir ", true},
                 {"includedir\t", true}};

    if (*line != '@' && *line != '#') {
        return false;
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t len = strlen(words[i].word);

        if (strncmp(line + 1, words[i].word, len) == 0) {
            char *name = line + 1 + len + strspn(line + 1 + len, BLANKS "\"");

            name[strcspn(name, BLANKS "\"")] = '\0';
            include(r, name, words[i].dir);
            return true;
        }
    }
    return false;
}

static void
take_line(struct reader *r, const struct place *at, char *line)
{
    static const char defaults[] = "Defaults";
    size_t len = strlen(defaults);

    line += strspn(line, BLANKS);
    if (take_include(r, line) || *line == '#') {
        return;
    }
    if (strncmp(line, defaults, len) == 0) {
        line += len;
        line += strcspn(line, BLANKS); /* "Defaults:alice", "Defaults@host" */
        take_defaults(r, at, line);
    } else if (strstr(line, "NOPASSWD") != NULL) {
        say(r, at, "NOPASSWD", NULL, false);
    }
}

/* Joins what a backslash continues. */
static void
take_text(struct reader *r, const char *path, char *text)
{
    struct place at = {path, 0};
    long next = 1;

    while (*text != '\0') {
        char *line = text;
        char *end = strchrnul(text, '\n');

        at.line = next++;
        while (*end == '\n' && end > line && end[-1] == '\\') {
            end[-1] = end[0] = ' ';
            end = strchrnul(end, '\n');
            next++;
        }
        text = *end == '\0' ? end : end + 1;
        *end = '\0';
        take_line(r, &at, line);
    }
}

static void
take_file(struct reader *r, const char *path)
{
    PJWT_AUTO(text) char *text = NULL;

    if (r->files++ >= PJWT_SUDOERS_FILES ||
        pjwt_tree_read(path, PJWT_SUDOERS_BYTES, &text) != PJWT_TREE_THERE) {
        r->complete = false;
        return;
    }
    take_text(r, path, text);
}

bool
pjwt_sudoers_read(const char *root, bool *there, pjwt_sudoers_fn *each, void *context)
{
    struct reader r = {.root = root, .each = each, .context = context, .complete = true};
    PJWT_AUTO(text) char *path = NULL;
    PJWT_AUTO(text) char *text = NULL;
    enum pjwt_tree found = PJWT_TREE_UNREADABLE;

    if (asprintf(&path, "%s/etc/sudoers", root) < 0) {
        path = NULL;
        return false;
    }
    found = pjwt_tree_read(path, PJWT_SUDOERS_BYTES, &text);
    *there = found != PJWT_TREE_MISSING;
    if (found == PJWT_TREE_THERE) {
        take_text(&r, path, text);
    }
    return r.complete && found != PJWT_TREE_UNREADABLE;
}
