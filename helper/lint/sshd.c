/* Do sshd's settings let a token be asked for? */
#include "helper/lint/sshd.h"

#include "helper/lint/sshd_settings.h"
#include "lib/policy/options.h"

#include <stdio.h>
#include <string.h>

#define TRIES_LEAST 3  /* two keys that are offered first, and the token */
#define GRACE_LEAST 30 /* seconds to fetch and paste a token */

struct view {
    struct pjwt_lint *lint;
    const struct pjwt_sshd *sshd;
    const char *file; /* sshd_config itself */
};

static void
add(const struct view *v, enum pjwt_finding finding, enum pjwt_sshd_key key, const char *word)
{
    const struct pjwt_sshd_setting *s = &v->sshd->key[key];

    pjwt_lint_add(v->lint, finding, s->file == NULL ? v->file : s->file, s->line, "%s %.128s%s",
                  word, s->value, s->file == NULL ? " (the default)" : "");
}

/* Each list is words joined by commas; one of the lists must be gone through. keyboard-
 * interactive may name its device, of which ours is pam. */
static bool
list_asks(const char *list, size_t len)
{
    static const char *const ways[] = {"keyboard-interactive", "keyboard-interactive:pam",
                                       "any"};

    for (size_t at = 0; at < len;) {
        size_t word = strcspn(list + at, ", \t");

        for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
            if (strlen(ways[i]) == word && strncmp(ways[i], list + at, word) == 0) {
                return true;
            }
        }
        at += word + 1;
    }
    return false;
}

static bool
methods_ask(const char *methods)
{
    while (*(methods += strspn(methods, " \t\"")) != '\0') {
        size_t len = strcspn(methods, " \t\"");

        if (list_asks(methods, len)) {
            return true;
        }
        methods += len;
    }
    return false;
}

static void
check_prompt(const struct view *v)
{
    bool kbdint = pjwt_sshd_on(v->sshd, PJWT_SSHD_KBDINT);
    bool password = pjwt_sshd_on(v->sshd, PJWT_SSHD_PASSWORD);

    if (!pjwt_sshd_on(v->sshd, PJWT_SSHD_USEPAM)) {
        add(v, PJWT_FINDING_SSHD_USEPAM, PJWT_SSHD_USEPAM, "UsePAM");
        return;
    }
    if (!kbdint) {
        add(v, password ? PJWT_FINDING_SSHD_KBDINT : PJWT_FINDING_SSHD_NO_PROMPT,
            PJWT_SSHD_KBDINT, "KbdInteractiveAuthentication");
    }
    if (password) {
        add(v, PJWT_FINDING_SSHD_PASSWORD, PJWT_SSHD_PASSWORD, "PasswordAuthentication");
    }
    if (!methods_ask(v->sshd->key[PJWT_SSHD_METHODS].value)) {
        add(v, PJWT_FINDING_SSHD_METHODS, PJWT_SSHD_METHODS, "AuthenticationMethods");
    }
}

static void
check_patience(const struct view *v)
{
    long tries = strtol(v->sshd->key[PJWT_SSHD_TRIES].value, NULL, 10);
    long grace = 0;

    if (tries > 0 && tries < TRIES_LEAST) {
        add(v, PJWT_FINDING_SSHD_TRIES, PJWT_SSHD_TRIES, "MaxAuthTries");
    }
    if (pjwt_parse_span(v->sshd->key[PJWT_SSHD_GRACE].value, &grace) && grace > 0 &&
        grace < GRACE_LEAST) {
        add(v, PJWT_FINDING_SSHD_GRACE, PJWT_SSHD_GRACE, "LoginGraceTime");
    }
}

void
pjwt_lint_sshd(struct pjwt_lint *lint)
{
    PJWT_SSHD_SCOPE struct pjwt_sshd sshd;
    PJWT_AUTO(text) char *file = pjwt_lint_path(lint, "/etc/ssh/sshd_config");
    struct view v = {lint, &sshd, file};

    pjwt_sshd_settings_read(lint->root, NULL, &sshd);
    if (file == NULL || sshd.short_of_memory) {
        lint->short_of_memory = true;
        return;
    }
    if (sshd.incomplete) {
        pjwt_lint_unexamined(lint, file, "it or a file that it includes cannot be read");
        return;
    }
    if (sshd.there) {
        check_prompt(&v);
        check_patience(&v);
    }
}
