#include "helper/lint/sshd_settings.h"

#include "helper/lint/tree.h"

#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define BLANKS " \t\r\f"

static const struct {
    const char *word;
    const char *preset; /* of OpenSSH */
} keys[PJWT_SSHD_KEYS] = {
    [PJWT_SSHD_USEPAM] = {"usepam", "no"},
    [PJWT_SSHD_KBDINT] = {"kbdinteractiveauthentication", "yes"},
    [PJWT_SSHD_PASSWORD] = {"passwordauthentication", "yes"},
    [PJWT_SSHD_PUBKEY] = {"pubkeyauthentication", "yes"},
    [PJWT_SSHD_METHODS] = {"authenticationmethods", "any"},
    [PJWT_SSHD_ROOT] = {"permitrootlogin", "prohibit-password"},
    [PJWT_SSHD_TRIES] = {"maxauthtries", "6"},
    [PJWT_SSHD_GRACE] = {"logingracetime", "120"},
    [PJWT_SSHD_KEYFILES] = {"authorizedkeysfile", ".ssh/authorized_keys"},
};

void
pjwt_sshd_settings_start(const char *user, struct pjwt_sshd *sshd)
{
    *sshd = (struct pjwt_sshd){.user = user};
    for (int i = 0; i < PJWT_SSHD_KEYS; i++) {
        (void)snprintf(sshd->key[i].value, PJWT_SSHD_VALUE, "%s", keys[i].preset);
    }
}

void
pjwt_sshd_settings_clear(struct pjwt_sshd *sshd)
{
    for (int i = 0; i < PJWT_SSHD_KEYS; i++) {
        pjwt_drop_text(&sshd->key[i].file);
    }
}

bool
pjwt_sshd_on(const struct pjwt_sshd *sshd, enum pjwt_sshd_key key)
{
    return strcmp(sshd->key[key].value, "yes") == 0;
}

/* Which lines count at the moment? */
enum scope { EVERYBODY, MATCHED, NOT_MATCHED };

struct reader {
    struct pjwt_sshd *sshd;
    const char *root;
    const char *path;
    long line;
    enum scope scope;
};

/* The next word, without the quotes around it; NULL at the end. */
static char *
next_word(char **text)
{
    char *start = *text + strspn(*text, BLANKS);
    const char *ends = BLANKS;

    if (*start == '\0') {
        return NULL;
    }
    if (*start == '"') {
        start++;
        ends = "\"";
    }
    *text = start + strcspn(start, ends);
    if (**text != '\0') {
        *(*text)++ = '\0';
    }
    return start;
}

/* "Match User root", "Match all". Any other condition, or a second one, may or may not hold: it
 * is taken not to. */
static void
enter_match(struct reader *r, char *rest)
{
    const char *what = next_word(&rest);
    const char *who = next_word(&rest);

    r->scope = NOT_MATCHED;
    if (what == NULL || next_word(&rest) != NULL) {
        return;
    }
    if (who == NULL ? strcasecmp(what, "all") == 0
                    : strcasecmp(what, "user") == 0 && r->sshd->user != NULL &&
                          strcmp(who, r->sshd->user) == 0) {
        r->scope = MATCHED;
    }
}

/* In a Match block the first value counts as well, before any that is for everybody. */
static void
set(struct reader *r, enum pjwt_sshd_key key, const char *value)
{
    struct pjwt_sshd_setting *s = &r->sshd->key[key];
    bool matched = r->scope == MATCHED;

    if (r->scope == NOT_MATCHED || (s->file != NULL && (s->matched || !matched))) {
        return;
    }
    pjwt_drop_text(&s->file);
    s->file = strdup(r->path);
    s->line = r->line;
    s->matched = matched;
    (void)snprintf(s->value, sizeof(s->value), "%s", value);
    for (char *c = s->value; *c != '\0'; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
    r->sshd->short_of_memory = r->sshd->short_of_memory || s->file == NULL;
}

static void take_text(struct reader *r, char *text);

/* A file that stands in the place of the line; a Match in it ends with it. */
static void
take_file(const struct reader *outer, const char *path)
{
    struct reader r = *outer;
    PJWT_AUTO(text) char *text = NULL;

    r.path = path;
    if (r.sshd->files++ >= PJWT_SSHD_FILES ||
        pjwt_tree_read(path, PJWT_SSHD_BYTES, &text) != PJWT_TREE_THERE) {
        r.sshd->incomplete = true;
        return;
    }
    take_text(&r, text);
}

/* sshd_config(5): names without a '/' in front are those in /etc/ssh; patterns in the order of
 * their names. */
static void
include(struct reader *r, char *rest)
{
    for (const char *name = NULL; (name = next_word(&rest)) != NULL;) {
        PJWT_AUTO(text) char *pattern = NULL;
        glob_t found = {.gl_pathc = 0};

        if (asprintf(&pattern, "%s%s%s", r->root, name[0] == '/' ? "" : "/etc/ssh/", name) <
            0) {
            pattern = NULL;
            r->sshd->short_of_memory = true;
            return;
        }
        if (glob(pattern, 0, NULL, &found) == 0) {
            for (size_t i = 0; i < found.gl_pathc && !r->sshd->incomplete; i++) {
                take_file(r, found.gl_pathv[i]);
            }
        }
        globfree(&found);
    }
}

/* Methods and key files are lists: all that stands there. Of the others the first word. */
static void
take_setting(struct reader *r, const char *word, char *rest)
{
    for (int i = 0; i < PJWT_SSHD_KEYS; i++) {
        bool list = i == PJWT_SSHD_METHODS || i == PJWT_SSHD_KEYFILES;

        if (strcasecmp(keys[i].word, word) == 0) {
            const char *value = list ? rest + strspn(rest, BLANKS) : next_word(&rest);

            set(r, (enum pjwt_sshd_key)i, value == NULL ? "" : value);
            return;
        }
    }
}

/* "Keyword value", "Keyword=value"; ChallengeResponseAuthentication is an older name. */
static void
take_line(struct reader *r, char *line)
{
    char *word = line + strspn(line, BLANKS);
    size_t len = strcspn(word, BLANKS "=");
    char *rest = word + len;

    if (*word == '\0' || *word == '#') {
        return;
    }
    if (*rest != '\0') {
        *rest++ = '\0';
        rest += strspn(rest, BLANKS "=");
    }
    for (size_t end = strlen(rest); end > 0 && strchr(BLANKS, rest[end - 1]) != NULL; end--) {
        rest[end - 1] = '\0';
    }
    if (strcasecmp(word, "Match") == 0) {
        enter_match(r, rest);
    } else if (strcasecmp(word, "Include") == 0) {
        if (r->scope != NOT_MATCHED) {
            include(r, rest);
        }
    } else if (strcasecmp(word, "ChallengeResponseAuthentication") == 0) {
        take_setting(r, keys[PJWT_SSHD_KBDINT].word, rest);
    } else {
        take_setting(r, word, rest);
    }
}

static void
take_text(struct reader *r, char *text)
{
    r->line = 0;
    while (text != NULL && !r->sshd->short_of_memory) {
        r->line++;
        take_line(r, strsep(&text, "\n"));
    }
}

void
pjwt_sshd_settings_take(struct pjwt_sshd *sshd, const char *root, const char *path, char *text)
{
    struct reader r = {.sshd = sshd, .root = root, .path = path, .scope = EVERYBODY};

    take_text(&r, text);
}

void
pjwt_sshd_settings_read(const char *root, const char *user, struct pjwt_sshd *sshd)
{
    PJWT_AUTO(text) char *path = NULL;
    PJWT_AUTO(text) char *text = NULL;
    enum pjwt_tree found = PJWT_TREE_UNREADABLE;

    pjwt_sshd_settings_start(user, sshd);
    if (asprintf(&path, "%s/etc/ssh/sshd_config", root) < 0) {
        path = NULL;
        sshd->short_of_memory = true;
        return;
    }
    found = pjwt_tree_read(path, PJWT_SSHD_BYTES, &text);
    sshd->there = found == PJWT_TREE_THERE;
    sshd->incomplete = found == PJWT_TREE_UNREADABLE;
    if (sshd->there) {
        pjwt_sshd_settings_take(sshd, root, path, text);
    }
}
