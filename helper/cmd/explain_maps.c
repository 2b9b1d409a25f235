/* Which lines of an issuer's user_map name the user? */
#include "helper/cmd/explain.h"
#include "helper/cmd/output.h"
#include "lib/base/file.h"
#include "lib/policy/given.h"

#include <string.h>

#define MAP_BYTES (1024UL * 1024) /* of one map */

/* DIR(config)/NAME: maps lie beside the config file. */
static char *
path_of(const struct pjwt_config *config, const char *name)
{
    const char *slash = strrchr(config->file, '/');
    PJWT_AUTO(text) char *dir = strndup(config->file, (size_t)(slash - config->file) + 1);

    return dir == NULL ? NULL : pjwt_config_path(dir, name);
}

static void
add(json_t *maps, const struct pjwt_issuer *issuer, const char *path, long number,
    const char *line)
{
    json_t *row = json_object();

    pjwt_output_set(row, "issuer", issuer->section);
    pjwt_output_set(row, "file", path);
    (void)json_object_set_new(row, "line", json_integer(number));
    pjwt_output_set(row, "text", line);
    (void)json_array_append_new(maps, row);
}

/* "USER VALUE-to-end-of-line" */
static bool
names(const char *line, const char *user)
{
    size_t len = strlen(user);

    return len > 0 && strncmp(line, user, len) == 0 && (line[len] == ' ' || line[len] == '\t');
}

void
pjwt_explain_maps(const struct pjwt_explain *e, const struct pjwt_issuer *issuer, json_t *maps)
{
    const struct pjwt_given *given = pjwt_given_by_issuer(e->config, issuer, "user_map");
    PJWT_AUTO(text) char *path = given == NULL ? NULL : path_of(e->config, given->value);
    PJWT_AUTO(text) char *text = NULL;
    char *rest = NULL;
    size_t len = 0;

    if (path == NULL ||
        pjwt_file_read(path, PJWT_FILE_PUBLIC, MAP_BYTES, &text, &len, NULL) != PJWT_FILE_OK) {
        return; /* a login says what is wrong with it */
    }
    rest = text;
    for (long number = 1; rest != NULL; number++) {
        const char *line = strsep(&rest, "\n");

        if (names(line, e->scene.user)) {
            add(maps, issuer, path, number, line);
        }
    }
}
