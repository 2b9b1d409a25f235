#include "tests/pam/matrix/control.h"

#include "tests/pam/text.h"

#include <security/pam_appl.h>
#include <string.h>

const char *const controls[] = {
    "required",
    "requisite",
    "sufficient",
    "optional",
    "[success=1 default=ignore]",
    "[success=done default=die]",
    "[success=ok default=die]",
    "[success=ok ignore=ignore default=bad]",
    "[success=ok ignore=ignore default=die]",
    "[success=ok new_authtok_reqd=ok default=ignore]",
    "[success=done new_authtok_reqd=done default=ignore]",
    "[success=ok user_unknown=ignore authinfo_unavail=ignore default=bad]",
    "[success=ok ignore=1 default=die]",
    "[success=done auth_err=die default=ignore]",
    "[default=bad success=ok user_unknown=ignore service_err=ignore system_err=ignore]",
};

const size_t control_count = sizeof(controls) / sizeof(controls[0]);

static const struct {
    int code;
    const char *name;
} names[] = {
    {PAM_SUCCESS, "success"},
    {PAM_AUTH_ERR, "auth_err"},
    {PAM_SERVICE_ERR, "service_err"},
    {PAM_SYSTEM_ERR, "system_err"},
    {PAM_BUF_ERR, "buf_err"},
    {PAM_CONV_ERR, "conv_err"},
    {PAM_AUTHINFO_UNAVAIL, "authinfo_unavail"},
    {PAM_PERM_DENIED, "perm_denied"},
    {PAM_ACCT_EXPIRED, "acct_expired"},
    {PAM_SESSION_ERR, "session_err"},
    {PAM_IGNORE, "ignore"},
};

const char *
control_code(int code)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].code == code) {
            return names[i].name;
        }
    }
    text_die("a code that the design does not know: %d", code);
}

/* pam.conf(5): what the four words stand for. */
static const char *
in_brackets(const char *control)
{
    static const char *const words[][2] = {
        {"required", "[success=ok new_authtok_reqd=ok ignore=ignore default=bad]"},
        {"requisite", "[success=ok new_authtok_reqd=ok ignore=ignore default=die]"},
        {"sufficient", "[success=done new_authtok_reqd=done default=ignore]"},
        {"optional", "[success=ok new_authtok_reqd=ok default=ignore]"},
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(words[i][0], control) == 0) {
            return words[i][1];
        }
    }
    return control;
}

/* The word behind NAME= in the brackets, or NULL; owned by the caller. */
static char *
find(const char *brackets, const char *name)
{
    size_t len = strlen(name);

    for (const char *at = brackets + 1; *at != '\0'; at += strcspn(at, " ]") + 1) {
        if (strncmp(at, name, len) == 0 && at[len] == '=') {
            return text_copy(at + len + 1, strcspn(at + len + 1, " ]"));
        }
    }
    return NULL;
}

static char *
action(const char *control, int code)
{
    const char *brackets = in_brackets(control);
    char *named = find(brackets, control_code(code));

    return named != NULL ? named : find(brackets, "default");
}

bool
control_alike(const char *control, int code, int other)
{
    PJWT_AUTO(text) char *one = action(control, code);
    PJWT_AUTO(text) char *two = action(control, other);

    return one != NULL && two != NULL && strcmp(one, two) == 0;
}
