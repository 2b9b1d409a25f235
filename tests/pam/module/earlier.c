/* What may stand above us in a stack and ask for a password? And did we leave PAM_AUTHTOK as it
 * was? A module for cases: `ask` prompts as pam_unix does, `silent` asks nothing, and `same`,
 * below us, tells the person when PAM_AUTHTOK is another than before. */
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <stdlib.h>
#include <string.h>

#define ENTRY     __attribute__((visibility("default")))
#define DATA_NAME "pam_earlier"

static void
release(pam_handle_t *pamh, void *data, int error_status)
{
    (void)pamh;
    (void)error_status;
    free(data);
}

static const char *
token(pam_handle_t *pamh)
{
    const void *item = NULL;

    return pam_get_item(pamh, PAM_AUTHTOK, &item) == PAM_SUCCESS ? item : NULL;
}

static int
remember(pam_handle_t *pamh)
{
    const char *now = token(pamh);

    return pam_set_data(pamh, DATA_NAME, now == NULL ? NULL : strdup(now), release);
}

static int
compare(pam_handle_t *pamh)
{
    const void *before = NULL;
    const char *now = token(pamh);

    (void)pam_get_data(pamh, DATA_NAME, &before);
    if (now == NULL ? before != NULL : before == NULL || strcmp(now, before) != 0) {
        (void)pam_error(pamh, "PAM_AUTHTOK was changed");
    }
    return PAM_SUCCESS;
}

ENTRY int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    const char *typed = NULL;

    (void)flags;
    if (argc == 1 && strcmp(argv[0], "same") == 0) {
        return compare(pamh);
    }
    if (argc == 1 && strcmp(argv[0], "ask") == 0 &&
        pam_get_authtok(pamh, PAM_AUTHTOK, &typed, "Password: ") != PAM_SUCCESS) {
        return PAM_AUTH_ERR;
    }
    return remember(pamh);
}

ENTRY int
pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    (void)pamh;
    (void)flags;
    (void)argc;
    (void)argv;
    return PAM_SUCCESS;
}
