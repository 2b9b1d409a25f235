/* Reads the config as a login does, and after each refusal once more without the line that was
 * refused, until nothing is. So there is one parser, and what it says here is what it says
 * there. */
#include "helper/lint/config_errors.h"

#include "lib/base/file.h"
#include "lib/policy/build.h"
#include "lib/policy/list.h"

#include <limits.h>
#include <string.h>

#define ERRORS_MAX 50 /* each costs one more reading */

struct source {
    const char *path; /* borrowed */
    char *text;       /* owned; refused lines are emptied */
    size_t len;
    long touched[ERRORS_MAX]; /* sections, by their lines, that lost an option */
    size_t touches;
};

struct sources {
    struct source *file;
    size_t count;
    bool incomplete; /* a whole section was taken out: others may miss it */
};

static void
clear(struct sources *s)
{
    for (size_t i = 0; s->file != NULL && i < s->count; i++) {
        free(s->file[i].text);
    }
    free(s->file);
}

static bool
load(struct pjwt_lint *lint, struct sources *s, const struct pjwt_list *files)
{
    s->file = calloc(files->count, sizeof(*s->file));
    s->count = files->count;
    for (size_t i = 0; s->file != NULL && i < s->count; i++) {
        struct source *f = &s->file[i];
        struct pjwt_why why = {""};

        f->path = files->item[i];
        if (pjwt_file_read(f->path, PJWT_FILE_PUBLIC, PJWT_INI_BYTES, &f->text, &f->len,
                           &why) != PJWT_FILE_OK) {
            f->text = strdup("");
            f->len = 0;
            pjwt_lint_unexamined(lint, f->path, why.text);
        }
        lint->short_of_memory = lint->short_of_memory || f->text == NULL;
    }
    return s->file != NULL && !lint->short_of_memory;
}

/* One reading of one file; `text` is taken apart, so it is a copy. */
static pjwt_verdict
read_source(struct pjwt_build *build, const struct source *f)
{
    PJWT_AUTO(text) char *copy = malloc(f->len + 1);
    struct pjwt_list *files = &build->config->files;

    if (copy == NULL || !pjwt_list_add(files, f->path, strlen(f->path))) {
        return PJWT_SAY(NO_MEMORY);
    }
    memcpy(copy, f->text, f->len);
    copy[f->len] = '\0';
    PJWT_TRY(pjwt_ini_read(files->item[files->count - 1], copy, f->len, pjwt_build_take, build,
                           build->why));
    return pjwt_build_end_section(build);
}

static pjwt_verdict
read_all(const struct sources *s, struct pjwt_why *why)
{
    PJWT_AUTO(config) struct pjwt_config *config = calloc(1, sizeof(*config));
    struct pjwt_build build = {.config = config, .why = why};

    if (config == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    for (size_t i = 0; i < s->count; i++) {
        PJWT_TRY(read_source(&build, &s->file[i]));
    }
    /* What sections say of each other means little while some are missing. */
    return s->incomplete ? PJWT_SAY(OK) : pjwt_build_end(&build);
}

/* The words start with PATH:LINE: of one of our files. NULL when they were cut. */
static struct source *
place_of(const struct sources *s, const struct pjwt_why *why, long *line, const char **words)
{
    for (size_t i = 0; i < s->count; i++) {
        size_t len = strlen(s->file[i].path);
        char *end = NULL;

        if (len + 2 >= sizeof(why->text) || strncmp(why->text, s->file[i].path, len) != 0 ||
            why->text[len] != ':') {
            continue;
        }
        *line = strtol(why->text + len + 1, &end, 10);
        if (*line > 0 && end[0] == ':' && end[1] == ' ') {
            *words = end + 2;
            return &s->file[i];
        }
    }
    return NULL;
}

static char *
line_start(const struct source *f, long line)
{
    char *at = f->text;
    const char *end = f->text + f->len;

    for (long i = 1; at != NULL && i < line; i++) {
        at = memchr(at, '\n', (size_t)(end - at));
        at = at == NULL ? NULL : at + 1;
    }
    return at != NULL && at < end ? at : NULL;
}

/* Takes out the bytes from `from` to `to`, but not the line ends: lines keep their numbers. */
static void
take_out(struct source *f, char *from, const char *to)
{
    char *end = f->text + f->len;
    char *out = from;

    for (char *in = from; in < end; in++) {
        if (in >= to || *in == '\n') {
            *out++ = *in;
        }
    }
    f->len = (size_t)(out - f->text);
}

/* Where what starts at `at` ends: a section before the next bracket; an option before the next
 * line that is neither indented, empty nor a comment. */
static const char *
extent(const struct source *f, const char *at, bool section)
{
    const char *end = f->text + f->len;

    for (const char *nl = at; (nl = memchr(nl, '\n', (size_t)(end - nl))) != NULL;) {
        nl++;
        if (nl == end || (section ? *nl == '[' : strchr(" \t\n#;", *nl) == NULL)) {
            return nl;
        }
    }
    return end;
}

/* The section in which that line stands has lost an option, perhaps one that it needs. */
static void
touch(struct source *f, long line)
{
    const char *at = line_start(f, line);

    while (at != NULL && *at != '[' && line > 1) {
        at = line_start(f, --line);
    }
    if (at != NULL && *at == '[' && f->touches < ERRORS_MAX) {
        f->touched[f->touches++] = line;
    }
}

/* What is said of a section that lost an option follows from that: no news. */
static bool
follows(const struct source *f, long line)
{
    for (size_t i = 0; f != NULL && i < f->touches; i++) {
        if (f->touched[i] == line) {
            return true;
        }
    }
    return false;
}

/* Takes the refused lines out; false when there are none left to take. */
static bool
neutralise(struct sources *s, struct source *f, long line)
{
    char *at = line_start(f, line);
    size_t before = f->len;
    bool section = at != NULL && *at == '[';

    if (at == NULL) {
        return false;
    }
    if (!section) {
        touch(f, line);
    }
    s->incomplete = s->incomplete || section;
    take_out(f, at, extent(f, at, section));
    return f->len < before;
}

void
pjwt_config_errors(struct pjwt_lint *lint, const struct pjwt_list *files)
{
    struct sources s __attribute__((cleanup(clear))) = {0};
    bool more = load(lint, &s, files);

    for (int i = 0; more && i < ERRORS_MAX; i++) {
        struct pjwt_why why = {""};
        pjwt_verdict v = read_all(&s, &why);
        const char *words = why.text;
        long line = 0;
        struct source *at = NULL;

        if (pjwt_ok(v) || v.reason == PJWT_NO_MEMORY) {
            lint->short_of_memory = lint->short_of_memory || !pjwt_ok(v);
            return;
        }
        at = place_of(&s, &why, &line, &words);
        if (!follows(at, line)) {
            pjwt_lint_add(lint, PJWT_FINDING_CONFIG_BAD,
                          at == NULL ? lint->config_path : at->path, line, "%s", words);
        }
        more = at != NULL && neutralise(&s, at, line);
    }
}
