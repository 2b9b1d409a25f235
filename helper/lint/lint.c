/* What has this run of `pamjwt lint` found? Collected here, and the areas called in turn. */
#include "helper/lint/lint.h"

#include "helper/cmd/say.h"
#include "helper/lint/config_lines.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool
known(const struct pjwt_lint *lint, const struct pjwt_found *new)
{
    for (size_t i = 0; i < lint->founds; i++) {
        const struct pjwt_found *old = &lint->found[i];

        if (old->finding == new->finding &&
            old->line == new->line &&strcmp(old->file, new->file) == 0 &&
            strcmp(old->detail.text, new->detail.text) == 0) {
            return true;
        }
    }
    return false;
}

static void
keep(struct pjwt_lint *lint, struct pjwt_found *new, const char *file)
{
    struct pjwt_found *grown = NULL;

    new->file = strdup(file);
    if (new->file != NULL && !known(lint, new) && lint->founds < PJWT_LINT_MAX) {
        grown = reallocarray(lint->found, lint->founds + 1, sizeof(*grown));
        lint->short_of_memory = lint->short_of_memory || grown == NULL;
    }
    lint->short_of_memory = lint->short_of_memory || new->file == NULL;
    if (grown == NULL) {
        pjwt_drop_text(&new->file);
        return;
    }
    lint->found = grown;
    lint->found[lint->founds++] = *new;
}

void
pjwt_lint_add(struct pjwt_lint *lint, enum pjwt_finding finding, const char *file, long line,
              const char *format, ...)
{
    struct pjwt_found new = {.finding = finding, .line = line};
    char words[PJWT_WHY_MAX] = "";
    va_list args;

    if (format != NULL) {
        va_start(args, format);
        (void)vsnprintf(words, sizeof(words), format, args);
        va_end(args);
    }
    pjwt_why_set(&new.detail, "%s", words);
    keep(lint, &new, file);
}

void
pjwt_lint_unexamined(struct pjwt_lint *lint, const char *file, const char *words)
{
    lint->unexamined = true;
    pjwt_lint_add(lint, PJWT_FINDING_UNEXAMINED, file, 0, "%s", words);
}

char *
pjwt_lint_path(struct pjwt_lint *lint, const char *path)
{
    char *whole = NULL;

    if (asprintf(&whole, "%s%s", lint->root, path) < 0) {
        lint->short_of_memory = true;
        return NULL;
    }
    return whole;
}

static void
clear(struct pjwt_lint *lint)
{
    for (size_t i = 0; i < lint->founds; i++) {
        free(lint->found[i].file);
    }
    free(lint->found);
    pjwt_config_lines_clear(lint);
    pjwt_drop_config(&lint->config);
    pjwt_drop_text(&lint->config_path);
}

static void
look(struct pjwt_lint *lint)
{
    pjwt_lint_config(lint);
    pjwt_lint_files(lint);
    pjwt_lint_keys(lint);
    pjwt_lint_key_files(lint);
    pjwt_lint_issuers(lint);
    pjwt_lint_groups(lint);
    pjwt_lint_login_ticket(lint);
    pjwt_lint_clock(lint); /* before the session file is opened: that may write to it */
    pjwt_lint_store(lint);
    pjwt_lint_pam(lint);
}

/* Absolute, without a '/' at its end: "" for the machine itself. */
static enum pjwt_exit
read_root(const struct pjwt_cmd *cmd, char room[PATH_MAX])
{
    const char *root = pjwt_flags_value(&cmd->args, "root");
    size_t len = 0;

    room[0] = '\0';
    if (root == NULL) {
        return PJWT_EXIT_OK;
    }
    if (realpath(root, room) == NULL) {
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, NULL, "--root %s: %m", root);
    }
    len = strlen(room);
    if (len == 1) {
        room[0] = '\0';
    }
    return PJWT_EXIT_OK;
}

static enum pjwt_exit
outcome(const struct pjwt_cmd *cmd, const struct pjwt_lint *lint)
{
    if (lint->short_of_memory) {
        return pjwt_say_verdict(cmd, PJWT_SAY(NO_MEMORY), NULL);
    }
    for (size_t i = 0; i < lint->founds; i++) {
        if (pjwt_finding_severity(lint->found[i].finding) == PJWT_LINT_ERROR) {
            return PJWT_EXIT_REFUSED;
        }
    }
    return lint->unexamined ? PJWT_EXIT_UNAVAILABLE : PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_lint_run(const struct pjwt_cmd *cmd)
{
    struct pjwt_lint lint __attribute__((cleanup(clear))) = {.cmd = cmd};
    char root[PATH_MAX];

    PJWT_OR_EXIT(read_root(cmd, root));
    lint.root = root;
    lint.config_path = pjwt_lint_path(&lint, cmd->config);
    if (lint.config_path != NULL) {
        look(&lint);
    }
    pjwt_lint_show(&lint, pjwt_flags_on(&cmd->args, "json"));
    return outcome(cmd, &lint);
}
