#include "pam_jwt/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATA_NAME "pam_jwt_grant"
#define OPEN_NAME "pam_jwt_login"
#define ENV_NAME  "PAMJWT_LOGIN"
/* What pamjwt-askpass looks for. */
#define TICKET_NAME "PAMJWT_TICKET_FILE"

/* su and login call this early, in a forked child: it only releases memory. */
static void
release(pam_handle_t *pamh, void *data, int error_status)
{
    (void)pamh;
    (void)error_status;
    free(data);
}

bool
pjwt_memory_keep(pam_handle_t *pamh, const struct pjwt_grant *grant)
{
    struct pjwt_grant *copy = malloc(sizeof(*copy));

    if (copy == NULL) {
        return false;
    }
    *copy = *grant;
    if (pam_set_data(pamh, DATA_NAME, copy, release) != PAM_SUCCESS) {
        free(copy);
        return false;
    }
    return true;
}

const struct pjwt_grant *
pjwt_memory_grant(pam_handle_t *pamh)
{
    const void *data = NULL;

    return pam_get_data(pamh, DATA_NAME, &data) == PAM_SUCCESS ? data : NULL;
}

bool
pjwt_memory_hand_on(pam_handle_t *pamh, const char *login)
{
    char entry[sizeof(ENV_NAME) + PJWT_LOGIN_SIZE] = "";

    (void)snprintf(entry, sizeof(entry), "%s=%s", ENV_NAME, login);
    return pam_putenv(pamh, entry) == PAM_SUCCESS;
}

static void
remove_id(pam_handle_t *pamh)
{
    if (pam_getenv(pamh, ENV_NAME) !=
        NULL) { /* removing what is not there is logged by libpam */
        (void)pam_putenv(pamh, ENV_NAME);
    }
}

void
pjwt_memory_take(pam_handle_t *pamh, char login[PJWT_LOGIN_SIZE])
{
    const char *id = pam_getenv(pamh, ENV_NAME);
    size_t len = id == NULL ? 0 : strnlen(id, PJWT_LOGIN_SIZE);

    login[0] = '\0';
    if (len >= PJWT_LOGIN_SIZE || (id != NULL && len == 0)) {
        (void)snprintf(login, PJWT_LOGIN_SIZE, "?");
    } else if (id != NULL) {
        memcpy(login, id, len + 1);
    }
    remove_id(pamh);
}

bool
pjwt_memory_open(pam_handle_t *pamh, const char *login)
{
    char *copy = strdup(login);

    if (copy != NULL && pam_set_data(pamh, OPEN_NAME, copy, release) == PAM_SUCCESS) {
        return true;
    }
    free(copy);
    return false;
}

void
pjwt_memory_close(pam_handle_t *pamh, char login[PJWT_LOGIN_SIZE])
{
    const void *kept = NULL;

    login[0] = '\0';
    if (pam_get_data(pamh, OPEN_NAME, &kept) == PAM_SUCCESS && kept != NULL) {
        (void)snprintf(login, PJWT_LOGIN_SIZE, "%s", (const char *)kept);
        (void)pam_set_data(pamh, OPEN_NAME, NULL, NULL);
    }
}

bool
pjwt_memory_ticket(pam_handle_t *pamh, const char *file)
{
    char entry[sizeof(TICKET_NAME) + PJWT_TICKET_PATH] = "";

    (void)snprintf(entry, sizeof(entry), "%s=%s", TICKET_NAME, file);
    return file[0] == '\0' || pam_putenv(pamh, entry) == PAM_SUCCESS;
}

void
pjwt_memory_clear(pam_handle_t *pamh)
{
    (void)pam_set_data(pamh, DATA_NAME, NULL, NULL);
    remove_id(pamh);
}
