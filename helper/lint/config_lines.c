#include "helper/lint/config_lines.h"

#include "lib/base/file.h"
#include "lib/policy/ini.h"

#include <string.h>

#define LINES_MAX 20000 /* options of all files together */

static pjwt_verdict
take(void *context, const struct pjwt_ini *entry)
{
    struct pjwt_lint *lint = context;
    struct pjwt_lint_option *grown = NULL;

    if (lint->options == LINES_MAX) {
        return PJWT_SAY(CONFIG_BAD);
    }
    grown = reallocarray(lint->option, lint->options + 1, sizeof(*grown));
    if (grown == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    lint->option = grown;
    grown += lint->options++;
    *grown = (struct pjwt_lint_option){.file = entry->file, .line = entry->line};
    grown->kind = strdup(entry->kind);
    grown->name = strdup(entry->names > 0 ? entry->name[0] : "");
    grown->option = entry->option == NULL ? NULL : strdup(entry->option);
    grown->value = strdup(entry->value == NULL ? "" : entry->value);
    return grown->kind == NULL || grown->name == NULL || grown->value == NULL ||
                   (entry->option != NULL && grown->option == NULL)
               ? PJWT_SAY(NO_MEMORY)
               : PJWT_SAY(OK);
}

static void
read_one(struct pjwt_lint *lint, const char *file)
{
    PJWT_AUTO(text) char *text = NULL;
    struct pjwt_why why = {""};
    size_t len = 0;
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (pjwt_file_read(file, PJWT_FILE_PUBLIC, PJWT_INI_BYTES, &text, &len, &why) ==
        PJWT_FILE_OK) {
        v = pjwt_ini_read(file, text, len, take, lint, &why);
    }
    if (v.reason == PJWT_NO_MEMORY) {
        lint->short_of_memory = true;
    } else if (!pjwt_ok(v)) { /* it changed since it was loaded */
        pjwt_lint_unexamined(lint, file, why.text);
    }
}

void
pjwt_config_lines_read(struct pjwt_lint *lint)
{
    for (size_t i = 0; i < lint->config->files.count; i++) {
        read_one(lint, lint->config->files.item[i]);
    }
}

void
pjwt_config_lines_clear(struct pjwt_lint *lint)
{
    for (size_t i = 0; i < lint->options; i++) {
        free(lint->option[i].kind);
        free(lint->option[i].name);
        free(lint->option[i].option);
        free(lint->option[i].value);
    }
    free(lint->option);
    lint->option = NULL;
    lint->options = 0;
}

const struct pjwt_lint_option *
pjwt_config_lines_find(const struct pjwt_lint *lint, const char *kind, const char *name,
                       const char *option)
{
    for (size_t i = 0; i < lint->options; i++) {
        const struct pjwt_lint_option *o = &lint->option[i];

        if (strcmp(o->kind, kind) == 0 && strcmp(o->name, name) == 0 &&
            (option == NULL ? o->option == NULL
                            : o->option != NULL && strcmp(o->option, option) == 0)) {
            return o;
        }
    }
    return NULL;
}

void
pjwt_config_lines_add(struct pjwt_lint *lint, enum pjwt_finding finding, const char *kind,
                      const char *name, const char *option, const char *words)
{
    const struct pjwt_lint_option *at = pjwt_config_lines_find(lint, kind, name, option);

    if (at == NULL) { /* a preset: the section is the place */
        at = pjwt_config_lines_find(lint, kind, name, NULL);
    }
    pjwt_lint_add(lint, finding, at == NULL ? lint->config_path : at->file,
                  at == NULL ? 0 : at->line, "%s", words);
}
