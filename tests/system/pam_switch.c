/* What if the user is another one in the account check than at the prompt? A module that sets
 * PAM_USER to its argument. */
#include <security/pam_modules.h>

int pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv);

int
pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    (void)flags;
    return argc == 1 ? pam_set_item(pamh, PAM_USER, argv[0]) : PAM_SERVICE_ERR;
}
