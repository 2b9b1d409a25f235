/* What does a stack make of an answer that nobody expects? A module that answers every phase
 * with the code in the environment variable PAM_ANSWER. */
#include <security/pam_modules.h>
#include <stdlib.h>

#define ENTRY(name)                                                       \
    int name(pam_handle_t *pamh, int flags, int argc, const char **argv); \
    int name(pam_handle_t *pamh, int flags, int argc, const char **argv)  \
    {                                                                     \
        (void)pamh;                                                       \
        (void)flags;                                                      \
        (void)argc;                                                       \
        (void)argv;                                                       \
        return answer();                                                  \
    }

static int
answer(void)
{
    const char *code = getenv("PAM_ANSWER");

    return code == NULL ? PAM_SYSTEM_ERR : (int)strtol(code, NULL, 10);
}

ENTRY(pam_sm_authenticate)
ENTRY(pam_sm_setcred)
ENTRY(pam_sm_acct_mgmt)
ENTRY(pam_sm_open_session)
ENTRY(pam_sm_close_session)
ENTRY(pam_sm_chauthtok)
