#include "helper/lint/pam_known.h"

#include <string.h>

#define C PJWT_PAM_CHECKS
#define D PJWT_PAM_DEPENDS
#define P PJWT_PAM_PASSES
#define A PJWT_PAM_ABSTAINS

/* By their manuals. For auth; in the other phases no module checks a credential. */
static const struct {
    const char *name;
    enum pjwt_pam_class class;
} modules[] = {
    {"pam_permit", P},
    {"pam_deny", PJWT_PAM_DENIES},
    {"pam_rootok", PJWT_PAM_ROOT},
    /* credentials */
    {"pam_unix", C},
    {"pam_unix2", C},
    {"pam_sss", C},
    {"pam_sss_gss", C},
    {"pam_ldap", C},
    {"pam_krb5", C},
    {"pam_winbind", C},
    {"pam_google_authenticator", C},
    {"pam_oath", C},
    {"pam_u2f", C},
    {"pam_yubico", C},
    {"pam_pkcs11", C},
    {"pam_p11", C},
    {"pam_userdb", C},
    {"pam_ssh", C},
    {"pam_ssh_agent_auth", C},
    {"pam_radius_auth", C},
    {"pam_radius", C},
    {"pam_tacplus", C},
    {"pam_fprintd", C},
    {"pam_duo", C},
    {"pam_pwdfile", C},
    {"pam_mysql", C},
    {"pam_pgsql", C},
    {"pam_otpw", C},
    {"pam_systemd_home", C},
    {"pam_securid", C},
    {"pam_ccreds", C},
    {"pam_usb", C},
    {"pam_poldi", C},
    {"pam_extrausers", C},
    {"pam_himmelblau", C},
    {"pam_timestamp", C},
    {"pam_ftp", C},
    /* conditions */
    {"pam_succeed_if", D},
    {"pam_wheel", D},
    {"pam_access", D},
    {"pam_listfile", D},
    {"pam_localuser", D},
    {"pam_rhosts", D},
    {"pam_time", D},
    {"pam_securetty", D},
    {"pam_shells", D},
    {"pam_usertype", D},
    {"pam_sepermit", D},
    /* neither */
    {"pam_nologin", A},
    {"pam_env", A},
    {"pam_faildelay", A},
    {"pam_group", A},
    {"pam_warn", A},
    {"pam_faillock", A},
    {"pam_tally2", A},
    {"pam_cap", P},
    {"pam_debug", P},
    {"pam_echo", P},
    {"pam_issue", P},
    {"pam_keyinit", P},
    {"pam_lastlog", P},
    {"pam_limits", P},
    {"pam_loginuid", P},
    {"pam_mail", P},
    {"pam_mkhomedir", P},
    {"pam_motd", P},
    {"pam_namespace", P},
    {"pam_selinux", P},
    {"pam_apparmor", P},
    {"pam_setquota", P},
    {"pam_systemd", P},
    {"pam_elogind", P},
    {"pam_tty_audit", P},
    {"pam_umask", P},
    {"pam_xauth", P},
    {"pam_ecryptfs", P},
    {"pam_mount", P},
    {"pam_fscrypt", P},
    {"pam_gnome_keyring", P},
    {"pam_kwallet5", P},
};

static const char *
base_name(const char *module, size_t *len)
{
    const char *slash = strrchr(module, '/');
    const char *name = slash == NULL ? module : slash + 1;

    *len = strlen(name);
    if (*len > 3 && strcmp(name + *len - 3, ".so") == 0) {
        *len -= 3;
    }
    return name;
}

/* In account and session these say yes where an account is in order; pam_nologin and its like
 * abstain in auth and account. */
static enum pjwt_pam_class
in_phase(enum pjwt_pam_class class, const char *name, size_t len, enum pjwt_pam_phase phase)
{
    bool nologin = len == strlen("pam_nologin") && strncmp(name, "pam_nologin", len) == 0;

    if (phase == PJWT_PAM_AUTH) {
        return class;
    }
    switch (class) {
    case PJWT_PAM_CHECKS:
    case PJWT_PAM_UNKNOWN:
        return PJWT_PAM_PASSES;
    case PJWT_PAM_ROOT:
        return PJWT_PAM_DEPENDS;
    case PJWT_PAM_ABSTAINS:
        return phase == PJWT_PAM_ACCOUNT && nologin ? class : PJWT_PAM_PASSES;
    default:
        return class;
    }
}

enum pjwt_pam_class
pjwt_pam_class_of(const char *module, enum pjwt_pam_phase phase)
{
    size_t len = 0;
    const char *name = base_name(module, &len);
    enum pjwt_pam_class class = PJWT_PAM_UNKNOWN;

    if (len == strlen("pam_jwt") && strncmp(name, "pam_jwt", len) == 0) {
        return PJWT_PAM_OURS;
    }
    for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++) {
        if (strlen(modules[i].name) == len && strncmp(modules[i].name, name, len) == 0) {
            class = modules[i].class;
        }
    }
    return in_phase(class, name, len, phase);
}
