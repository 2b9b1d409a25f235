/* What is odd about the credential that was handed over? */
#include "helper/cmd/explain.h"

#include <string.h>
#include <strings.h>

#define PART         500 /* characters of one part of a long token */
#define TICKET_CHARS 67

/* The most that a program passes on of one answer; pam_jwt(8). */
static const struct {
    size_t length;
    const char *program;
} cuts[] = {{511, "sudo"}, {1023, "ssh"}, {1024, "sshd"}, {4095, "a terminal"}};

struct text {
    const char *at;
    size_t len;
};

static bool
starts(struct text t, const char *word)
{
    size_t len = strlen(word);

    return t.len >= len && strncasecmp(t.at, word, len) == 0;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
is_quote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

static size_t
count(struct text t, char c)
{
    size_t found = 0;

    for (size_t i = 0; i < t.len; i++) {
        found += t.at[i] == c;
    }
    return found;
}

/* A line end behind it is how files end; anything else would be typed at a prompt too. */
static struct text
trimmed(struct text t, bool *blanks)
{
    *blanks = false;
    while (t.len > 0 && is_blank(t.at[t.len - 1])) {
        *blanks = *blanks || t.at[t.len - 1] == ' ' || t.at[t.len - 1] == '\t';
        t.len--;
    }
    while (t.len > 0 && is_blank(*t.at)) {
        *blanks = true;
        t.at++;
        t.len--;
    }
    return t;
}

static bool
in_parts(struct text t)
{
    const char *end = memchr(t.at, '\n', t.len);

    return end != NULL && (end - t.at == PART || end - t.at == PART + 1);
}

/* Somebody wrapped something around it; "" when nobody did. */
static const char *
wrapping(struct text t)
{
    if (starts(t, "Bearer ") || starts(t, "Authorization:")) {
        return "\"Bearer\" is no part of a token: hand over what stands behind it alone";
    }
    if (t.len > 0 && *t.at == '{') {
        return "it is JSON: hand over the token in it alone, as with `jq -r .access_token`";
    }
    if (t.len > 0 && (is_quote(*t.at) || is_quote(t.at[t.len - 1]))) {
        return "quotes are no part of a token: take them off";
    }
    if (in_parts(t)) {
        return "it stands in parts of 500 characters: join them without line ends, as with "
               "`tr -d '\\n'`";
    }
    for (size_t i = 0; i < t.len; i++) {
        if (is_blank(t.at[i])) {
            return "a blank or a line end stands inside it: a token has none";
        }
    }
    return "";
}

static void
hint_length(struct text t, struct pjwt_why *hint)
{
    for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
        if (t.len == cuts[i].length) {
            pjwt_why_set(hint,
                         "it has exactly %zu characters, the most that %s passes on: it was "
                         "probably cut; pamjwt-askpass sends a token of any length",
                         t.len, cuts[i].program);
        }
    }
    if (hint->text[0] != '\0') {
        return;
    }
    if (starts(t, "pjt1_") && t.len != TICKET_CHARS) {
        pjwt_why_set(hint, "a ticket has %d characters, this has %zu", TICKET_CHARS, t.len);
    } else if (t.len > 0 && t.len % PART == 0) {
        pjwt_why_set(hint, "it has exactly %zu characters: perhaps it is only a part of one",
                     t.len);
    } else if (starts(t, "eyJ") && count(t, '.') < 2) {
        pjwt_why_set(hint, "a token has two dots or four, this has %zu: it was probably cut",
                     count(t, '.'));
    }
}

void
pjwt_explain_hint(struct pjwt_explain *e, const struct pjwt_secret *text)
{
    struct text all = {pjwt_secret_bytes(text), pjwt_secret_len(text)};
    bool blanks = false;
    struct text t = trimmed(all, &blanks);
    const char *words = wrapping(t);

    if (t.len == 0) {
        pjwt_why_set(&e->hint, "%s",
                     e->cmd->args.operands > 0 && strcmp(e->cmd->args.operand[0], "-") != 0
                         ? "the file is empty"
                         : "standard input was empty: did the command before the pipe fail? To "
                           "ask without a token, leave it a terminal, or </dev/null");
    } else if (words[0] != '\0') {
        pjwt_why_set(&e->hint, "%s", words);
    } else {
        hint_length(t, &e->hint);
    }
    if (t.len > 0 && blanks && e->hint.text[0] == '\0') {
        pjwt_why_set(&e->hint,
                     "the blanks around it were left out: at a prompt they would be refused");
    }
}
