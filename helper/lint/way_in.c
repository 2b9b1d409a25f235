#include "helper/lint/way_in.h"

#include "helper/lint/pam_d.h"
#include "helper/lint/pam_reach.h"
#include "helper/lint/sshd_settings.h"
#include "helper/lint/tree.h"

#include <security/_pam_types.h>
#include <stdio.h>
#include <string.h>

#define SHADOW_BYTES 4194304
#define KEYS_BYTES   262144

/* Can the phase pass while our module refuses, the password or key being good? */
static bool
passes_without_us(const struct pjwt_pam_service *service, enum pjwt_pam_phase phase)
{
    struct pjwt_pam_question q = {.phase = phase,
                                  .ours = phase == PJWT_PAM_AUTH ? PAM_SERVICE_ERR
                                                                 : PAM_PERM_DENIED,
                                  .credentials = true,
                                  .unknown_pass = true};
    struct pjwt_pam_reach reach = pjwt_pam_reach(&service->phase[phase], &q);

    return !service->broken && service->phase[phase].count > 0 &&
           (reach.called || reach.skipped);
}

static bool
later_passes(const struct pjwt_pam_service *service)
{
    return passes_without_us(service, PJWT_PAM_ACCOUNT) &&
           passes_without_us(service, PJWT_PAM_SESSION);
}

/* shadow(5): does anybody have a password? What cannot be read is believed to be in order. */
static bool
has_password(struct pjwt_lint *lint)
{
    PJWT_AUTO(text) char *path = pjwt_lint_path(lint, "/etc/shadow");
    PJWT_AUTO(text) char *text = NULL;
    char *rest = NULL;
    size_t len = 0;
    bool found = false;

    if (path == NULL || pjwt_tree_read(path, SHADOW_BYTES, &text) != PJWT_TREE_THERE ||
        text == NULL) {
        return true;
    }
    len = strlen(text);
    rest = text;
    for (const char *line = NULL; !found && (line = strsep(&rest, "\n")) != NULL;) {
        const char *hash = strchr(line, ':');

        found = hash != NULL && strchr("!*:x", hash[1]) == NULL; /* nor is it empty */
    }
    explicit_bzero(text, len);
    return found;
}

/* NULL, or why the console is no way in. */
static const char *
why_no_console(struct pjwt_lint *lint)
{
    PJWT_PAM_SERVICE_SCOPE struct pjwt_pam_service login = {.incomplete = false};

    if (pjwt_pam_d_service(lint, "login", &login) != PJWT_PAM_THERE) {
        return "there is no pam.d/login";
    }
    if (!passes_without_us(&login, PJWT_PAM_AUTH) || !later_passes(&login)) {
        return "pam.d/login needs the module";
    }
    return has_password(lint) ? NULL : "nobody has a password";
}

/* A line that is neither empty nor a comment. */
static bool
has_key(struct pjwt_lint *lint, const char *file)
{
    PJWT_AUTO(text) char *path = NULL;
    PJWT_AUTO(text) char *text = NULL;
    char *rest = NULL;

    if (asprintf(&path, "%s%s%s", lint->root, file[0] == '/' ? "" : "/root/", file) < 0) {
        path = NULL;
        lint->short_of_memory = true;
        return false;
    }
    if (pjwt_tree_read(path, KEYS_BYTES, &text) != PJWT_TREE_THERE) {
        return false;
    }
    rest = text;
    for (const char *line = NULL; (line = strsep(&rest, "\n")) != NULL;) {
        line += strspn(line, " \t\r");
        if (*line != '\0' && *line != '#') {
            return true;
        }
    }
    return false;
}

/* %h and %u of sshd_config(5), for root; other names are taken as they are. */
static bool
root_has_key(struct pjwt_lint *lint, const struct pjwt_sshd *sshd)
{
    char names[PJWT_SSHD_VALUE];
    char *rest = names;

    (void)snprintf(names, sizeof(names), "%s", sshd->key[PJWT_SSHD_KEYFILES].value);
    for (const char *name = NULL; (name = strsep(&rest, " \t")) != NULL;) {
        const char *file = strncmp(name, "%h/", 3) == 0 ? name + 3 : name;

        if (*file != '\0' && has_key(lint, file)) {
            return true;
        }
    }
    return false;
}

static bool
key_suffices(const char *methods)
{
    char lists[PJWT_SSHD_VALUE];
    char *rest = lists;

    (void)snprintf(lists, sizeof(lists), "%s", methods);
    for (const char *list = NULL; (list = strsep(&rest, " \t\"")) != NULL;) {
        if (strcmp(list, "publickey") == 0 || strcmp(list, "any") == 0) {
            return true;
        }
    }
    return false;
}

/* NULL, or why a root key is no way in. */
static const char *
why_no_root_key(struct pjwt_lint *lint)
{
    PJWT_SSHD_SCOPE struct pjwt_sshd sshd;
    PJWT_PAM_SERVICE_SCOPE struct pjwt_pam_service service = {.incomplete = false};
    const char *permit = NULL;

    pjwt_sshd_settings_read(lint->root, "root", &sshd);
    permit = sshd.key[PJWT_SSHD_ROOT].value;
    if (!sshd.there) {
        return "there is no sshd_config";
    }
    if (strcmp(permit, "no") == 0 || strcmp(permit, "forced-commands-only") == 0 ||
        !pjwt_sshd_on(&sshd, PJWT_SSHD_PUBKEY)) {
        return "sshd lets no root in by key";
    }
    if (!key_suffices(sshd.key[PJWT_SSHD_METHODS].value)) {
        return "sshd asks root for more than a key";
    }
    if (!root_has_key(lint, &sshd)) {
        return "root has no authorized_keys";
    }
    if (pjwt_sshd_on(&sshd, PJWT_SSHD_USEPAM) &&
        (pjwt_pam_d_service(lint, "sshd", &service) != PJWT_PAM_THERE ||
         !later_passes(&service))) {
        return "pam.d/sshd refuses root when the module does";
    }
    return NULL;
}

void
pjwt_lint_way_in(struct pjwt_lint *lint)
{
    PJWT_AUTO(text) char *dir = pjwt_lint_path(lint, "/etc/pam.d");
    const char *console = why_no_console(lint);
    const char *key = console == NULL ? NULL : why_no_root_key(lint);

    if (dir != NULL && console != NULL && key != NULL) {
        pjwt_lint_add(lint, PJWT_FINDING_NO_WAY_IN, dir, 0, "console: %s; root key: %s",
                      console, key);
    }
}
