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
take_first_pass(enum pjwt_first_pass how, enum pjwt_first_pass *field)
{
    if (*field != PJWT_FIRST_PASS_NONE) {
        return false;
    }
    *field = how;
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
    if (strcmp(arg, "try_first_pass") == 0) {
        return take_first_pass(PJWT_FIRST_PASS_TRY, &args->first_pass);
    }
    if (strcmp(arg, "use_first_pass") == 0) {
        return take_first_pass(PJWT_FIRST_PASS_USE, &args->first_pass);
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
            pjwt_why_set(why,
                         "argument %d: %s: known are config=/PATH, verify=/PATH, debug and one "
                         "of try_first_pass and use_first_pass, each once",
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
