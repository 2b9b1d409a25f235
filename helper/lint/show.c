/* How are findings told? `file:line: error: text [code]` with the cure below, or JSON. */
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "helper/lint/lint.h"

#include <stdio.h>
#include <string.h>

static int
by_place(const void *a, const void *b)
{
    const struct pjwt_found *x = a;
    const struct pjwt_found *y = b;
    int order = strcmp(x->file, y->file);

    if (order != 0) {
        return order;
    }
    if (x->line != y->line) {
        return x->line < y->line ? -1 : 1;
    }
    return x->finding != y->finding ? (int)x->finding - (int)y->finding
                                    : strcmp(x->detail.text, y->detail.text);
}

static const char *
colour_of(enum pjwt_severity severity)
{
    return severity == PJWT_LINT_ERROR     ? "\033[31m"
           : severity == PJWT_LINT_WARNING ? "\033[33m"
                                           : "\033[36m";
}

static void
put_line(const struct pjwt_found *f, bool colour)
{
    enum pjwt_severity severity = pjwt_finding_severity(f->finding);
    bool more = f->detail.text[0] != '\0';
    char place[4096];

    (void)snprintf(place, sizeof(place), "%s", f->file);
    pjwt_output_clean(place, "");
    (void)printf("%s:", place);
    if (f->line > 0) {
        (void)printf("%ld:", f->line);
    }
    (void)printf(" %s%s%s: %s%s%s [%s]\n    %s\n", colour ? colour_of(severity) : "",
                 pjwt_severity_word(severity), colour ? "\033[0m" : "",
                 pjwt_finding_text(f->finding), more ? ": " : "", f->detail.text,
                 pjwt_finding_code(f->finding), pjwt_finding_cure(f->finding));
}

static json_t *
row_of(const struct pjwt_found *f)
{
    json_t *row = json_object();

    pjwt_output_set(row, "file", f->file);
    (void)json_object_set_new(row, "line", f->line > 0 ? json_integer(f->line) : json_null());
    pjwt_output_set(row, "severity", pjwt_severity_word(pjwt_finding_severity(f->finding)));
    pjwt_output_set(row, "code", pjwt_finding_code(f->finding));
    pjwt_output_set(row, "text", pjwt_finding_text(f->finding));
    pjwt_output_set(row, "detail", f->detail.text);
    pjwt_output_set(row, "cure", pjwt_finding_cure(f->finding));
    return row;
}

static void
show_json(const struct pjwt_lint *lint, const size_t count[3])
{
    PJWT_AUTO(json) json_t *rows = json_array();
    PJWT_AUTO(json) json_t *whole = NULL;

    for (size_t i = 0; i < lint->founds; i++) {
        (void)json_array_append_new(rows, row_of(&lint->found[i]));
    }
    whole = json_pack("{s:b, s:b, s:s, s:I, s:I, s:I, s:O}", "ok", count[PJWT_LINT_ERROR] == 0,
                      "complete", !lint->unexamined, "config", lint->config_path, "errors",
                      (json_int_t)count[PJWT_LINT_ERROR], "warnings",
                      (json_int_t)count[PJWT_LINT_WARNING], "notes",
                      (json_int_t)count[PJWT_LINT_NOTE], "findings", rows);
    pjwt_output_json(whole, true);
}

static const char *
plural(size_t count)
{
    return count == 1 ? "" : "s";
}

void
pjwt_lint_show(struct pjwt_lint *lint, bool json)
{
    size_t count[3] = {0};
    bool colour = pjwt_say_colour();

    if (lint->founds > 0) {
        qsort(lint->found, lint->founds, sizeof(lint->found[0]), by_place);
    }
    for (size_t i = 0; i < lint->founds; i++) {
        count[pjwt_finding_severity(lint->found[i].finding)]++;
        if (!json) {
            put_line(&lint->found[i], colour);
        }
    }
    if (json) {
        show_json(lint, count);
        return;
    }
    (void)fflush(stdout);
    pjwt_say_line("pamjwt lint: %zu error%s, %zu warning%s, %zu note%s%s",
                  count[PJWT_LINT_ERROR], plural(count[PJWT_LINT_ERROR]),
                  count[PJWT_LINT_WARNING], plural(count[PJWT_LINT_WARNING]),
                  count[PJWT_LINT_NOTE], plural(count[PJWT_LINT_NOTE]),
                  lint->unexamined ? "; not everything could be examined" : "");
}
