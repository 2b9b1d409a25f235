/* What if the host has nobody to ask? */
#include "tests/pam/host/host.h"
#include "tests/pam/text.h"

#include <security/pam_appl.h>

/* The code of authenticate under a conversation without a function; `user` may be NULL. */
static char *
ask_nobody(struct house *house, const char *user)
{
    const struct pam_conv conv = {NULL, NULL};
    PJWT_AUTO(text) char *pam_d = house_path(house, "pam_d");
    pam_handle_t *pamh = NULL;
    int code = pam_start_confdir("sshd", user, &conv, pam_d, &pamh);

    if (code == PAM_SUCCESS) {
        code = pam_authenticate(pamh, PAM_SILENT);
        (void)pam_end(pamh, code);
    }
    return code == PAM_CONV_ERR ? NULL : text_format("%s", pam_strerror(NULL, code));
}

static char *
names_no_user(struct house *house)
{
    char *wrong = ask_nobody(house, NULL);

    return wrong != NULL ? wrong : host_log_in(house);
}

static char *
names_a_user(struct house *house)
{
    char *wrong = ask_nobody(house, "alice");

    return wrong != NULL ? wrong : host_log_in(house);
}

const struct host hosts_mute[] = {
    {"with no conversation and no user", names_no_user},
    {"with no conversation", names_a_user},
    {NULL, NULL},
};
