#include "helper/lint/pam_rules.h"

#include "helper/lint/pam_known.h"
#include "helper/lint/tree.h"
#include "lib/policy/nearest.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

static bool
is_ours(const struct pjwt_pam_handler *h, enum pjwt_pam_phase phase)
{
    return h->kind == PJWT_PAM_MODULE && h->module != NULL &&
           pjwt_pam_class_of(h->module, phase) == PJWT_PAM_OURS;
}

/* pam_jtw.so: libpam refuses there, with no word of ours in the log. */
static bool
is_misspelt(const struct pjwt_pam_handler *h)
{
    const char *slash = h->module == NULL ? NULL : strrchr(h->module, '/');
    struct pjwt_nearest nearest = {.word = slash == NULL ? h->module : slash + 1};

    if (h->kind != PJWT_PAM_MODULE || nearest.word == NULL) {
        return false;
    }
    pjwt_nearest_offer(&nearest, "pam_jwt.so");
    return nearest.best != NULL;
}

/* The arguments that the module knows: pam_jwt(8). */
static bool
is_argument(const char *word)
{
    static const char *const known[] = {"debug", "try_first_pass", "use_first_pass"};

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(known[i], word) == 0) {
            return true;
        }
    }
    return strncmp(word, "config=/", 8) == 0 || strncmp(word, "verify=/", 8) == 0;
}

/* Returns whether the line reads the config that lint looks at. */
static bool
check_arguments(struct pjwt_lint *lint, const struct pjwt_pam_handler *h)
{
    PJWT_AUTO(text) char *args = strdup(h->args);
    char *rest = args;
    bool same = true;

    if (args == NULL) {
        lint->short_of_memory = true;
        return false;
    }
    for (char *word = NULL; (word = pjwt_pam_word(&rest)) != NULL;) {
        if (!is_argument(word)) {
            pjwt_lint_add(lint, PJWT_FINDING_PAM_ARGUMENT, h->file, h->line, "%.64s", word);
        }
        if (strncmp(word, "config=", 7) == 0 && strcmp(word + 7, lint->cmd->config) != 0) {
            pjwt_lint_add(lint, PJWT_FINDING_PAM_CONFIG, h->file, h->line, "%.128s", word + 7);
            same = false;
        }
    }
    return same;
}

/* libpam looks for a bare name in one directory of the machine's kind. */
static void
check_module(struct pjwt_lint *lint, const struct pjwt_pam_handler *h)
{
    static const char *const places[] = {"/lib/*/security/", "/usr/lib/*/security/",
                                         "/lib/security/", "/lib64/security/",
                                         "/usr/lib64/security/"};
    bool absolute = h->module[0] == '/';
    size_t count = absolute ? 1 : sizeof(places) / sizeof(places[0]);
    bool there = false;

    for (size_t i = 0; i < count; i++) {
        PJWT_AUTO(text) char *pattern = NULL;
        glob_t found = {.gl_pathc = 0};

        if (asprintf(&pattern, "%s%s%s", lint->root, absolute ? "" : places[i], h->module) <
            0) {
            pattern = NULL;
            lint->short_of_memory = true;
            return;
        }
        if (glob(pattern, 0, NULL, &found) == 0) {
            there = true;
            pjwt_tree_check_owner(lint, found.gl_pathv[0]);
        }
        globfree(&found);
    }
    if (!there) {
        pjwt_lint_add(lint, PJWT_FINDING_MODULE_MISSING, h->file, h->line, "%.128s", h->module);
    }
}

/* Without any section there is one finding for all of it. */
static void
check_section(struct pjwt_lint *lint, const char *name, const struct pjwt_pam_handler *h)
{
    if (lint->config != NULL && lint->config->services > 0 &&
        pjwt_config_service(lint->config, name) == NULL) {
        pjwt_lint_add(lint, PJWT_FINDING_PAM_SERVICE, h->file, h->line, "service %.64s", name);
    }
}

/* pam_env(8): user_readenv=1 reads ~/.pam_environment, which the person writes. */
static bool
reads_users_file(const struct pjwt_pam_handler *h)
{
    const char *name = h->module == NULL ? NULL : strstr(h->module, "pam_env.so");
    const char *option = strstr(h->args, "user_readenv=");

    return name != NULL && strcmp(name, "pam_env.so") == 0 && option != NULL &&
           option[strlen("user_readenv=")] != '0';
}

static void
check_env(struct pjwt_lint *lint, const struct pjwt_pam_stack *session)
{
    const struct pjwt_pam_handler *env = NULL;

    for (size_t i = 0; i < session->count; i++) {
        const struct pjwt_pam_handler *h = &session->handler[i];

        if (env == NULL && reads_users_file(h)) {
            env = h;
        }
        if (env != NULL && is_ours(h, PJWT_PAM_SESSION)) {
            pjwt_lint_add(lint, PJWT_FINDING_PAM_ENV_FIRST, env->file, env->line, NULL);
            return;
        }
    }
}

void
pjwt_pam_rules_lines(struct pjwt_lint *lint, const char *name,
                     const struct pjwt_pam_service *service)
{
    bool told = false;

    for (size_t i = 0; i < service->faults; i++) {
        pjwt_lint_add(lint, PJWT_FINDING_PAM_SYNTAX, service->fault[i].file,
                      service->fault[i].line, "%s", service->fault[i].words);
    }
    for (int p = 0; p < PJWT_PAM_PHASES; p++) {
        for (size_t i = 0; i < service->phase[p].count; i++) {
            const struct pjwt_pam_handler *h = &service->phase[p].handler[i];

            if (!is_ours(h, (enum pjwt_pam_phase)p)) {
                if (is_misspelt(h)) {
                    check_module(lint, h);
                }
                continue;
            }
            check_module(lint, h);
            if (check_arguments(lint, h) && !told) { /* once a service will do */
                check_section(lint, name, h);
                told = true;
            }
        }
    }
    check_env(lint, &service->phase[PJWT_PAM_SESSION]);
    for (size_t i = 0; i < service->files.count; i++) {
        pjwt_tree_check_owner(lint, service->files.item[i]);
    }
}
