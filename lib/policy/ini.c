/* What do the lines of the config file say? */
#include "lib/policy/ini.h"

#include <string.h>

struct reader {
    struct pjwt_ini at; /* the open section, and the option whose value may still go on */
    char *end;          /* of that value */
    long line;          /* being read */
    pjwt_ini_fn *each;
    void *context;
    struct pjwt_why *why;
};

#define REFUSE(r, words) PJWT_INI_REFUSE((r)->why, (r)->at.file, (r)->line, "%s", (words))

/* Cuts the blanks at both ends. */
static char *
trim(char *text)
{
    char *start = text + strspn(text, " \t");
    char *end = start + strlen(start);

    while (end > start && (end[-1] == ' ' || end[-1] == '\t')) {
        *--end = '\0';
    }
    return start;
}

static pjwt_verdict
hand_on_option(struct reader *r)
{
    if (r->at.option != NULL) {
        PJWT_TRY(r->each(r->context, &r->at));
    }
    r->at.option = r->at.value = NULL;
    r->at.indented = 0;
    return PJWT_SAY(OK);
}

static pjwt_verdict
read_section(struct reader *r, char *line)
{
    char *words = line + 1;
    char *close = strchr(words, ']');

    if (close == NULL || close[1] != '\0') {
        return REFUSE(r, close == NULL ? "[ without ]" : "text after ]");
    }
    *close = '\0';
    r->at = (struct pjwt_ini){.file = r->at.file, .line = r->line};
    for (char *word = NULL; (word = strsep(&words, " \t")) != NULL;) {
        if (*word != '\0' && r->at.kind == NULL) {
            r->at.kind = word;
        } else if (*word != '\0' && r->at.names < PJWT_INI_NAMES) {
            r->at.name[r->at.names++] = word;
        } else if (*word != '\0') {
            return REFUSE(r, "more than 32 names in one section");
        }
    }
    if (r->at.kind == NULL) {
        return REFUSE(r, "[] names no section");
    }
    return r->each(r->context, &r->at);
}

static pjwt_verdict
read_option(struct reader *r, char *line)
{
    char *equals = strchr(line, '=');

    if (equals == NULL || r->at.kind == NULL) {
        return REFUSE(r, equals == NULL ? "neither [section] nor option = value"
                                        : "an option before the first [section]");
    }
    *equals = '\0';
    r->at.line = r->line;
    r->at.option = trim(line);
    r->at.value = r->end = trim(equals + 1);
    r->end += strlen(r->end);
    return PJWT_SAY(OK);
}

/* Moves the indented text up behind the value; there is room, it comes later in the file. */
static pjwt_verdict
read_indented(struct reader *r, const char *text)
{
    if (r->at.option == NULL) {
        return REFUSE(r, "an indented line with no option above it");
    }
    if (strchr("#;[", *text) != NULL) { /* surely not meant as a list element */
        return REFUSE(r, "a comment or section must start in the first column");
    }
    *r->end++ = '\n';
    memmove(r->end, text, strlen(text) + 1);
    r->end += strlen(r->end);
    r->at.indented = r->at.indented == 0 ? r->line : r->at.indented;
    return PJWT_SAY(OK);
}

static const char *
fault(const char *line, size_t len)
{
    for (const char *c = line; c < line + len; c++) {
        if (*c == '\r') {
            return "a carriage return: save the file with Unix line ends";
        }
        if (((unsigned char)*c < 0x20 && *c != '\t') || *c == 0x7f) {
            return *c == '\0' ? "a NUL byte" : "a control character";
        }
    }
    return len > PJWT_INI_LINE ? "a line of more than 4096 bytes" : NULL;
}

static pjwt_verdict
read_line(struct reader *r, char *line, size_t len)
{
    const char *wrong = r->line == 1 && strncmp(line, "\xef\xbb\xbf", 3) == 0
                            ? "a byte order mark: save the file as UTF-8 without one"
                            : fault(line, len);
    char *text = trim(line);

    if (wrong != NULL) {
        return REFUSE(r, wrong);
    }
    if (*text == '\0' || *line == '#' || *line == ';') {
        return PJWT_SAY(OK);
    }
    if (text != line) {
        return read_indented(r, text);
    }
    PJWT_TRY(hand_on_option(r));
    return *text == '[' ? read_section(r, text) : read_option(r, text);
}

pjwt_verdict
pjwt_ini_read(const char *file, char *text, size_t len, pjwt_ini_fn *each, void *context,
              struct pjwt_why *why)
{
    struct reader r = {.at.file = file, .each = each, .context = context, .why = why};

    text[len] = '\n'; /* in the place of the NUL: the last line ends like all others */
    for (char *line = text; line < text + len;) {
        char *end = rawmemchr(line, '\n');

        *end = '\0';
        r.line++;
        PJWT_TRY(read_line(&r, line, (size_t)(end - line)));
        line = end + 1;
    }
    return hand_on_option(&r);
}
