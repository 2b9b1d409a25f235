/* Does the config say something, without an error, in files that are read? */
#include "helper/lint/config_errors.h"
#include "helper/lint/config_lines.h"
#include "lib/base/file.h"
#include "lib/policy/list.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#define LIST_SCOPE __attribute__((cleanup(pjwt_list_clear)))

PJWT_DEFINE_DROP(dir, DIR, closedir)

static bool
is_read(const char *name)
{
    size_t len = strlen(name);

    return name[0] != '.' && len > strlen(".conf") &&
           strcmp(name + len - strlen(".conf"), ".conf") == 0;
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The files of conf.d that a login reads, into `files`; the others are findings. */
static void
list_dropins(struct pjwt_lint *lint, struct pjwt_list *files)
{
    const char *slash = strrchr(lint->config_path, '/');
    char dir[4096];
    size_t first = files->count;

    (void)snprintf(dir, sizeof(dir), "%.*s/conf.d", (int)(slash - lint->config_path),
                   lint->config_path);
    PJWT_AUTO(dir) DIR *open = opendir(dir);
    for (struct dirent *entry = NULL; open != NULL && (entry = readdir(open)) != NULL;) {
        PJWT_AUTO(text) char *path = pjwt_config_path(dir, entry->d_name);

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        if (path != NULL && !is_read(entry->d_name)) {
            pjwt_lint_add(lint, PJWT_FINDING_DROPIN_IGNORED, path, 0, NULL);
        } else if (path == NULL || !pjwt_list_add(files, path, strlen(path))) {
            lint->short_of_memory = true;
        }
    }
    if (files->count > first + 1) {
        qsort(files->item + first, files->count - first, sizeof(files->item[0]), by_name);
    }
}

/* A main file without a section is a sample as `init` wrote it; a file of conf.d is there for
 * what it says. */
static void
find_empty(struct pjwt_lint *lint)
{
    for (size_t i = 1; i < lint->config->files.count; i++) {
        const char *file = lint->config->files.item[i];
        bool says = false;

        for (size_t j = 0; j < lint->options; j++) {
            says = says || lint->option[j].file == file;
        }
        if (!says) {
            pjwt_lint_add(lint, PJWT_FINDING_DROPIN_EMPTY, file, 0, NULL);
        }
    }
}

static void
say_refusal(struct pjwt_lint *lint, pjwt_verdict v, const struct pjwt_why *why)
{
    LIST_SCOPE struct pjwt_list files = {0};
    const char *path = lint->config_path;

    switch (v.reason) {
    case PJWT_CONFIG_MISSING:
        pjwt_lint_add(lint, PJWT_FINDING_CONFIG_MISSING, path, 0, NULL);
        return;
    case PJWT_CONFIG_EMPTY:
        pjwt_lint_add(lint, PJWT_FINDING_CONFIG_EMPTY, path, 0, NULL);
        return;
    case PJWT_CONFIG_UNSAFE:
        pjwt_lint_add(lint, PJWT_FINDING_FILE_UNSAFE, path, 0, "%s", why->text);
        return;
    case PJWT_CONFIG_BAD:
        lint->short_of_memory =
            !pjwt_list_add(&files, path, strlen(path)) || lint->short_of_memory;
        list_dropins(lint, &files);
        pjwt_config_errors(lint, &files);
        return;
    case PJWT_NO_MEMORY:
        lint->short_of_memory = true;
        return;
    default:
        pjwt_lint_unexamined(lint, path, why->text);
    }
}

void
pjwt_lint_config(struct pjwt_lint *lint)
{
    LIST_SCOPE struct pjwt_list dropins = {0};
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_config_load(lint->config_path, &lint->config, &why);

    if (!pjwt_ok(v)) {
        say_refusal(lint, v, &why);
        return;
    }
    pjwt_config_lines_read(lint);
    list_dropins(lint, &dropins);
    find_empty(lint);
    if (lint->config->services == 0) {
        pjwt_lint_add(lint, PJWT_FINDING_SERVICE_NONE, lint->config_path, 0, NULL);
    }
}
