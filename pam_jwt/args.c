#include "pam_jwt/args.h"

#include <limits.h>
#include <string.h>

/* `arg` is NAME=PATH: the path, or NULL when it is another argument. */
static const char *
value_of(const char *arg, const char *name)
{
    size_t len = strlen(name);

    return strncmp(arg, name, len) == 0 ? arg + len : NULL;
}

static bool
take_path(const char *path, const char **field)
{
    if (path[0] != '/' || strlen(path) >= PATH_MAX || *field != NULL) {
        return false;
    }
    *field = path;
    return true;
}

static bool
take(const char *arg, struct pjwt_args *args)
{
    const char *path = NULL;

    if ((path = value_of(arg, "config=")) != NULL) {
        return take_path(path, &args->config);
    }
    if ((path = value_of(arg, "verify=")) != NULL) {
        return take_path(path, &args->verify);
    }
    if (strcmp(arg, "debug") == 0 && !args->debug) {
        args->debug = true;
        return true;
    }
    return false;
}

pjwt_verdict
pjwt_args_parse(int argc, const char **argv, struct pjwt_args *args, struct pjwt_why *why)
{
    struct pjwt_args parsed = {0};

    for (int i = 0; i < argc; i++) {
        if (!take(argv[i], &parsed)) {
            pjwt_why_set(
                why,
                "argument %d: %s: known are debug, config=/PATH and verify=/PATH, each once",
                i + 1, argv[i]);
            return PJWT_SAY(ARGUMENT);
        }
    }
    if (parsed.verify == NULL) {
        parsed.verify = PJWT_VERIFY;
    }
    *args = parsed;
    return PJWT_SAY(OK);
}
