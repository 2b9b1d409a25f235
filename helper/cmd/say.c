#include "helper/cmd/say.h"

#include "helper/cmd/advice.h"
#include "helper/cmd/output.h"
#include "helper/world.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define LINE_MAX_BYTES 1024 /* of one message */

bool
pjwt_say_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = getenv(names[i]);

        if (value != NULL && *value != '\0') { /* the first that is set decides */
            return strcasestr(value, "UTF-8") != NULL || strcasestr(value, "utf8") != NULL;
        }
    }
    return false;
}

bool
pjwt_say_colour(void)
{
    const char *no = getenv("NO_COLOR"); /* https://no-color.org */
    const char *term = getenv("TERM");

    return (no == NULL || *no == '\0') && (term == NULL || strcmp(term, "dumb") != 0) &&
           isatty(STDOUT_FILENO) == 1;
}

static void
put_name(const struct pjwt_cmd *cmd)
{
    const struct pjwt_command *c = cmd->command;

    (void)fputs("pamjwt", stderr);
    if (c != NULL) {
        (void)fprintf(stderr, " %s%s%s", c->verb, c->sub == NULL ? "" : " ",
                      c->sub == NULL ? "" : c->sub);
    }
    (void)fputs(": ", stderr);
}

static void __attribute__((format(printf, 1, 0))) put_words(const char *format, va_list args)
{
    char line[LINE_MAX_BYTES];

    if (vsnprintf(line, sizeof(line), format, args) > 0) {
        pjwt_output_clean(line, "");
        (void)fputs(line, stderr);
    }
}

static void
put_todo(const char *todo)
{
    char words[LINE_MAX_BYTES];

    if (todo != NULL && *todo != '\0') {
        (void)snprintf(words, sizeof(words), "%s", todo);
        pjwt_output_clean(words, "\n");
        (void)fprintf(stderr, " %s %s", pjwt_say_utf8() ? "\u2014" : "--", words);
    }
    (void)fputc('\n', stderr);
}

enum pjwt_exit
pjwt_say_error(const struct pjwt_cmd *cmd, enum pjwt_exit status, const char *todo,
               const char *format, ...)
{
    va_list args;

    put_name(cmd);
    va_start(args, format);
    put_words(format, args);
    va_end(args);
    put_todo(todo);
    return status;
}

void
pjwt_say_unknown_user(const struct pjwt_cmd *cmd, const char *user)
{
    const struct pjwt_users *users = pjwt_world_users();
    uid_t uid = 0;

    if (!users->find(users->context, user, &uid)) {
        pjwt_say_warning(cmd, "%s is unknown to this machine: is the name right?", user);
    }
}

enum pjwt_exit
pjwt_say_status(pjwt_verdict v)
{
    enum pjwt_class class = pjwt_class_of(v);

    if (v.reason == PJWT_KEYS_UNREAD || v.reason == PJWT_KEYS_UNSAFE ||
        v.reason == PJWT_KEYS_BAD) {
        return PJWT_EXIT_UNAVAILABLE; /* at a login a refusal, here a file to mend */
    }
    switch (class) {
    case PJWT_CLASS_ALLOW:
        return PJWT_EXIT_OK;
    case PJWT_CLASS_DENY:
    case PJWT_CLASS_EXPIRED:
    case PJWT_CLASS_ABSTAIN:
        return PJWT_EXIT_REFUSED;
    default:
        return PJWT_EXIT_UNAVAILABLE;
    }
}

enum pjwt_exit
pjwt_say_verdict(const struct pjwt_cmd *cmd, pjwt_verdict v, const struct pjwt_why *why)
{
    bool more = why != NULL && why->text[0] != '\0';

    return pjwt_say_error(cmd, pjwt_say_status(v), pjwt_advice(v), "%s%s%s", pjwt_text(v),
                          more ? ": " : "", more ? why->text : "");
}

void
pjwt_say_warning(const struct pjwt_cmd *cmd, const char *format, ...)
{
    va_list args;

    put_name(cmd);
    (void)fputs("warning: ", stderr);
    va_start(args, format);
    put_words(format, args);
    va_end(args);
    (void)fputc('\n', stderr);
}

void
pjwt_say_if_public(const struct pjwt_cmd *cmd)
{
    if (pjwt_output_is_public()) {
        pjwt_say_warning(cmd,
                         "others may read the file that it went into: chmod 600, and umask "
                         "077 the next time");
    }
}

void
pjwt_say_line(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    put_words(format, args);
    va_end(args);
    (void)fputc('\n', stderr);
}

enum pjwt_exit
pjwt_say_usage(const struct pjwt_cmd *cmd, const char *format, ...)
{
    const struct pjwt_command *c = cmd->command;
    char todo[64] = "";
    va_list args;

    put_name(cmd);
    va_start(args, format);
    put_words(format, args);
    va_end(args);
    (void)snprintf(todo, sizeof(todo), "see `pamjwt%s%s%s%s --help`", c == NULL ? "" : " ",
                   c == NULL ? "" : c->verb, c == NULL || c->sub == NULL ? "" : " ",
                   c == NULL || c->sub == NULL ? "" : c->sub);
    put_todo(todo);
    return PJWT_EXIT_USAGE;
}
