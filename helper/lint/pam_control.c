/* What does a control word of a pam.d line make of each return code? */
#include "helper/lint/pam_line.h"

#include <security/_pam_types.h>
#include <string.h>
#include <strings.h>

#define JUMP_MAX 10000 /* more lines than any stack that is read */

/* In the order of their numbers. */
static const char *const codes[PJWT_PAM_CODES] = {"success",
                                                  "open_err",
                                                  "symbol_err",
                                                  "service_err",
                                                  "system_err",
                                                  "buf_err",
                                                  "perm_denied",
                                                  "auth_err",
                                                  "cred_insufficient",
                                                  "authinfo_unavail",
                                                  "user_unknown",
                                                  "maxtries",
                                                  "new_authtok_reqd",
                                                  "acct_expired",
                                                  "session_err",
                                                  "cred_unavail",
                                                  "cred_expired",
                                                  "cred_err",
                                                  "no_module_data",
                                                  "conv_err",
                                                  "authtok_err",
                                                  "authtok_recover_err",
                                                  "authtok_lock_busy",
                                                  "authtok_disable_aging",
                                                  "try_again",
                                                  "ignore",
                                                  "abort",
                                                  "authtok_expired",
                                                  "module_unknown",
                                                  "bad_item",
                                                  "conv_again",
                                                  "incomplete"};

static const char *const actions[] = {"ignore", "ok", "done", "bad", "die", "reset"};

#define ACTIONS (sizeof(actions) / sizeof(actions[0]))

const char *
pjwt_pam_code_name(int code)
{
    return code >= 0 && code < PJWT_PAM_CODES ? codes[code] : "unknown";
}

static void
set_rest(int action[PJWT_PAM_CODES], int value)
{
    for (int i = 0; i < PJWT_PAM_CODES; i++) {
        if (action[i] == PJWT_PAM_UNDEF) {
            action[i] = value;
        }
    }
}

static void
set_all(int action[PJWT_PAM_CODES], int value)
{
    for (int i = 0; i < PJWT_PAM_CODES; i++) {
        action[i] = value;
    }
}

/* The index of the name that `*at` starts with, which is moved behind it; -1: none. libpam asks
 * for no end of the word either. */
static int
starts_with(const char **at, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(names[i]);

        if (strncmp(*at, names[i], len) == 0) {
            *at += len;
            return (int)i;
        }
    }
    return -1;
}

static const char *
skip_blanks(const char *at)
{
    return at + strspn(at, " \t\n\v\f\r");
}

/* "ok", "die", … or the number of lines to skip. 0 is no number for that. */
static bool
read_action(const char **at, int *value)
{
    int known = starts_with(at, actions, ACTIONS);

    if (known >= 0) {
        *value = -known;
        return true;
    }
    *value = 0;
    while (**at >= '0' && **at <= '9') {
        *value = *value * 10 + (**at - '0');
        *value = *value > JUMP_MAX ? JUMP_MAX : *value;
        ++*at;
    }
    return *value > 0;
}

/* One "code=action". */
static bool
read_pair(const char **at, int action[PJWT_PAM_CODES])
{
    static const char *const rest[] = {"default"};
    bool all = starts_with(at, rest, 1) == 0;
    int code = all ? 0 : starts_with(at, codes, PJWT_PAM_CODES);
    int value = 0;

    *at = skip_blanks(*at);
    if (code < 0 || **at != '=') {
        return false;
    }
    *at = skip_blanks(*at + 1);
    if (!read_action(at, &value)) {
        return false;
    }
    if (all) {
        set_rest(action, value);
    } else {
        action[code] = value;
    }
    return true;
}

/* The four words, as pam.conf(5) spells them out. */
static bool
read_word(const char *word, int action[PJWT_PAM_CODES])
{
    static const struct {
        const char *word;
        int good, ignore, rest;
    } words[] = {
        {"required", PJWT_PAM_OK, PJWT_PAM_IGNORES, PJWT_PAM_BAD},
        {"requisite", PJWT_PAM_OK, PJWT_PAM_IGNORES, PJWT_PAM_DIE},
        {"sufficient", PJWT_PAM_DONE, PJWT_PAM_IGNORES, PJWT_PAM_IGNORES},
        {"optional", PJWT_PAM_OK, PJWT_PAM_IGNORES, PJWT_PAM_IGNORES},
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcasecmp(words[i].word, word) == 0) {
            set_all(action, words[i].rest);
            action[PAM_SUCCESS] = action[PAM_NEW_AUTHTOK_REQD] = words[i].good;
            action[PAM_IGNORE] = words[i].ignore;
            return true;
        }
    }
    return false;
}

bool
pjwt_pam_control_read(const char *word, int action[PJWT_PAM_CODES])
{
    if (read_word(word, action)) {
        return true;
    }
    set_all(action, PJWT_PAM_UNDEF);
    for (word = skip_blanks(word); *word != '\0'; word = skip_blanks(word)) {
        if (!read_pair(&word, action)) {
            set_all(action, PJWT_PAM_BAD);
            return false;
        }
    }
    set_rest(action, PJWT_PAM_BAD);
    return true;
}
