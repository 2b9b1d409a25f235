/* Does sudo ask for tokens where the administrator thinks it does? */
#include "helper/lint/sudo.h"

#include "helper/lint/sudoers.h"
#include "helper/lint/tree.h"
#include "lib/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CONF_BYTES 65536

struct view {
    struct pjwt_lint *lint;
    const struct pjwt_list *calling;
    bool timeout_set;
};

static void
check_timeout(struct view *v, const struct pjwt_sudoers_setting *s)
{
    double minutes = s->value == NULL ? 0 : strtod(s->value, NULL);
    bool forever = minutes < 0;

    v->timeout_set = true;
    if (!s->off && minutes != 0) {
        pjwt_lint_add(v->lint,
                      forever ? PJWT_FINDING_SUDO_FOREVER : PJWT_FINDING_SUDO_REMEMBERS,
                      s->file, s->line, "timestamp_timeout = %.32s minutes", s->value);
    }
}

/* Which service sudo names is one of ours. */
static void
check_service(const struct view *v, const struct pjwt_sudoers_setting *s)
{
    if (s->value != NULL && !pjwt_list_has(v->calling, s->value)) {
        pjwt_lint_add(v->lint, PJWT_FINDING_SUDO_SERVICE, s->file, s->line, "%s = %.64s",
                      s->name, s->value);
    }
}

static const struct {
    const char *name;
    bool off; /* the finding is about '!' in front */
    enum pjwt_finding finding;
} switches[] = {
    {"NOPASSWD", false, PJWT_FINDING_SUDO_ASKS_NOBODY},
    {"authenticate", true, PJWT_FINDING_SUDO_ASKS_NOBODY},
    {"passprompt_override", false, PJWT_FINDING_SUDO_PROMPT},
    {"pam_acct_mgmt", true, PJWT_FINDING_SUDO_ACCOUNT},
    {"pam_session", true, PJWT_FINDING_SUDO_SESSION},
};

static void
take(void *context, const struct pjwt_sudoers_setting *s)
{
    struct view *v = context;

    if (strcmp(s->name, "timestamp_timeout") == 0) {
        check_timeout(v, s);
    } else if (strcmp(s->name, "pam_service") == 0 ||
               strcmp(s->name, "pam_login_service") == 0) {
        check_service(v, s);
    }
    for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++) {
        if (strcmp(switches[i].name, s->name) == 0 && switches[i].off == s->off) {
            pjwt_lint_add(v->lint, switches[i].finding, s->file, s->line, "%s%s",
                          s->off ? "!" : "", s->name);
        }
    }
}

/* sudo.conf(5): "Path askpass /path/to/program". */
static void
check_askpass(struct pjwt_lint *lint, const char *conf, long line, const char *program)
{
    PJWT_AUTO(text) char *path = pjwt_lint_path(lint, program);
    struct pjwt_why why = {""};

    if (path == NULL) {
        return;
    }
    if (pjwt_file_check(path, PJWT_FILE_PUBLIC, &why) != PJWT_FILE_OK) {
        pjwt_lint_add(lint, PJWT_FINDING_SUDO_ASKPASS, conf, line, "%s", why.text);
    } else if (access(path, X_OK) != 0) {
        pjwt_lint_add(lint, PJWT_FINDING_SUDO_ASKPASS, conf, line, "%.128s: %m", program);
    }
}

static void
read_conf(struct pjwt_lint *lint)
{
    PJWT_AUTO(text) char *conf = pjwt_lint_path(lint, "/etc/sudo.conf");
    PJWT_AUTO(text) char *text = NULL;
    char *rest = NULL;
    long number = 0;

    if (conf == NULL || pjwt_tree_read(conf, CONF_BYTES, &text) != PJWT_TREE_THERE) {
        return;
    }
    rest = text;
    for (const char *line = NULL; (line = strsep(&rest, "\n")) != NULL;) {
        char program[1024] = "";

        number++;
        if (sscanf(line, " Path askpass %1023s", program) == 1) {
            check_askpass(lint, conf, number, program);
        }
    }
}

void
pjwt_lint_sudo(struct pjwt_lint *lint, const struct pjwt_list *calling)
{
    PJWT_AUTO(text) char *file = pjwt_lint_path(lint, "/etc/sudoers");
    struct view v = {lint, calling, false};
    bool there = false;

    if (file == NULL) {
        return;
    }
    if (!pjwt_sudoers_read(lint->root, &there, take, &v)) {
        pjwt_lint_unexamined(lint, file, "it or a file that it includes cannot be read");
    }
    if (there && !v.timeout_set) {
        pjwt_lint_add(lint, PJWT_FINDING_SUDO_REMEMBERS, file, 0,
                      "timestamp_timeout = 15 minutes (the default)");
    }
    read_conf(lint);
}
