#include "pam_jwt/codes.h"

#include <security/pam_modules.h>

int
pjwt_code_auth(const struct pjwt_answer *answer)
{
    if (pjwt_ok(answer->verdict)) {
        return PAM_SUCCESS;
    }
    if (answer->looked) {
        return PAM_AUTH_ERR;
    }
    switch (pjwt_class_of(answer->verdict)) {
    case PJWT_CLASS_CONFIG:
        return PAM_SERVICE_ERR;
    case PJWT_CLASS_STORE:
        return PAM_AUTHINFO_UNAVAIL;
    case PJWT_CLASS_TALK:
        return PAM_CONV_ERR;
    case PJWT_CLASS_MEMORY:
        return PAM_BUF_ERR;
    case PJWT_CLASS_INTERNAL:
        return PAM_SYSTEM_ERR;
    default:
        return PAM_AUTH_ERR;
    }
}

int
pjwt_code_account(const struct pjwt_answer *answer)
{
    if (pjwt_ok(answer->verdict)) {
        return PAM_SUCCESS;
    }
    switch (pjwt_class_of(answer->verdict)) {
    case PJWT_CLASS_EXPIRED:
        return PAM_ACCT_EXPIRED;
    case PJWT_CLASS_ABSTAIN:
        return PAM_IGNORE;
    default:
        return PAM_PERM_DENIED;
    }
}

int
pjwt_code_session(const struct pjwt_answer *answer)
{
    bool admitted =
        pjwt_ok(answer->verdict) || pjwt_class_of(answer->verdict) == PJWT_CLASS_ABSTAIN;

    return admitted ? PAM_SUCCESS : PAM_PERM_DENIED;
}
