/* Which files make up the config? */
#include "lib/base/file.h"
#include "lib/policy/build.h"
#include "lib/policy/list.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#define DROPINS_MAX 256 /* files in conf.d */

PJWT_DEFINE_DROP(dir, DIR, closedir)

static pjwt_verdict
from_file(enum pjwt_file outcome)
{
    switch (outcome) {
    case PJWT_FILE_OK:
        return PJWT_SAY(OK);
    case PJWT_FILE_MISSING:
        return PJWT_SAY(CONFIG_MISSING);
    case PJWT_FILE_UNSAFE:
        return PJWT_SAY(CONFIG_UNSAFE);
    case PJWT_FILE_UNREAD:
        return PJWT_SAY(CONFIG_UNREAD);
    case PJWT_FILE_LONG:
        return PJWT_SAY(CONFIG_BAD);
    case PJWT_FILE_MEMORY:
        return PJWT_SAY(NO_MEMORY);
    }
    return PJWT_SAY(INTERNAL);
}

static pjwt_verdict
read_file(struct pjwt_build *build, const char *path)
{
    PJWT_AUTO(text) char *text = NULL;
    struct pjwt_list *files = &build->config->files;
    enum pjwt_file outcome = PJWT_FILE_OK;
    size_t len = 0;

    if (!pjwt_list_add(files, path, strlen(path))) {
        return PJWT_SAY(NO_MEMORY);
    }
    outcome = pjwt_file_read(path, PJWT_FILE_PUBLIC, PJWT_INI_BYTES, &text, &len, build->why);
    if (outcome == PJWT_FILE_LONG) {
        pjwt_why_set(build->why, "%s: the file is larger than 256 KiB", path);
    }
    PJWT_TRY(from_file(outcome));
    /* The config borrows the path from its list, which outlives this text. */
    PJWT_TRY(pjwt_ini_read(files->item[files->count - 1], text, len, pjwt_build_take, build,
                           build->why));
    return pjwt_build_end_section(build);
}

static bool
wanted(const char *name)
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

static pjwt_verdict
list_dropins(int *fd, const char *path, struct pjwt_list *names, struct pjwt_why *why)
{
    PJWT_AUTO(dir) DIR *dir = fdopendir(*fd);

    if (dir == NULL) {
        pjwt_why_set(why, "%s: cannot be listed", path);
        return PJWT_SAY(CONFIG_UNREAD);
    }
    (void)pjwt_take_fd(*fd); /* closed with `dir` */
    for (struct dirent *entry = NULL; errno = 0, (entry = readdir(dir)) != NULL;) {
        if (!wanted(entry->d_name)) {
            continue;
        }
        if (names->count == DROPINS_MAX) {
            pjwt_why_set(why, "%s: more than %d files", path, DROPINS_MAX);
            return PJWT_SAY(CONFIG_BAD);
        }
        if (!pjwt_list_add(names, entry->d_name, strlen(entry->d_name))) {
            return PJWT_SAY(NO_MEMORY);
        }
    }
    if (errno != 0) {
        pjwt_why_set(why, "%s: cannot be listed", path);
        return PJWT_SAY(CONFIG_UNREAD);
    }
    if (names->count > 0) {
        qsort(names->item, names->count, sizeof(names->item[0]), by_name);
    }
    return PJWT_SAY(OK);
}

#define LIST_SCOPE __attribute__((cleanup(pjwt_list_clear)))

static pjwt_verdict
read_dropins(struct pjwt_build *build, const char *dir)
{
    PJWT_AUTO(text) char *path = pjwt_config_path(dir, "conf.d");
    PJWT_AUTO(fd) int fd = -1;
    LIST_SCOPE struct pjwt_list names = {0};
    enum pjwt_file outcome = PJWT_FILE_MEMORY;

    if (path != NULL) {
        outcome = pjwt_file_open(path, PJWT_FILE_DIR, &fd, build->why);
    }
    if (outcome == PJWT_FILE_MISSING) {
        return PJWT_SAY(OK);
    }
    PJWT_TRY(from_file(outcome));
    PJWT_TRY(list_dropins(&fd, path, &names, build->why));
    for (size_t i = 0; i < names.count; i++) {
        PJWT_AUTO(text) char *file = pjwt_config_path(path, names.item[i]);

        PJWT_TRY(file == NULL ? PJWT_SAY(NO_MEMORY) : read_file(build, file));
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
read_all(struct pjwt_build *build, const char *path)
{
    struct pjwt_config *config = build->config;

    config->file = strdup(path);
    config->dir = strndup(path, (size_t)(strrchr(path, '/') + 1 - path));
    if (config->dir == NULL || config->file == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    config->keys_dir = pjwt_config_path(config->dir, "keys");
    config->private_dir = pjwt_config_path(config->dir, "private");
    if (config->keys_dir == NULL || config->private_dir == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    PJWT_TRY(read_file(build, path));
    PJWT_TRY(read_dropins(build, config->dir));
    if (build->single == 0 && config->issuers + config->services == 0) {
        pjwt_why_set(build->why, "%s has no section: nothing may log in", path);
        return PJWT_SAY(CONFIG_EMPTY);
    }
    return pjwt_build_end(build);
}

pjwt_verdict
pjwt_config_load(const char *path, struct pjwt_config **config, struct pjwt_why *why)
{
    PJWT_AUTO(config) struct pjwt_config *made = NULL;
    struct pjwt_build build = {.why = why};

    if (*path != '/') {
        pjwt_why_set(why, "%s: the config file's path must be absolute", path);
        return PJWT_SAY(CONFIG_UNREAD);
    }
    made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    build.config = made;
    PJWT_TRY(read_all(&build, path));
    pjwt_why_clear(why);
    *config = pjwt_take(made);
    return PJWT_SAY(OK);
}
