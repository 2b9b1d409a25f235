#include "tests/pam/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((format(printf, 1, 0))) static char *
format_list(const char *format, va_list args)
{
    char *text = NULL;

    if (vasprintf(&text, format, args) < 0) {
        abort();
    }
    return text;
}

char *
text_format(const char *format, ...)
{
    va_list args;
    char *text = NULL;

    va_start(args, format);
    text = format_list(format, args);
    va_end(args);
    return text;
}

char *
text_copy(const char *bytes, size_t len)
{
    char *copy = malloc(len + 1);

    if (copy == NULL) {
        abort();
    }
    memcpy(copy, bytes, len);
    copy[len] = '\0';
    return copy;
}

void
text_add(char **text, const char *format, ...)
{
    PJWT_AUTO(text) char *more = NULL;
    char *joined = NULL;
    va_list args;

    va_start(args, format);
    more = format_list(format, args);
    va_end(args);
    joined = text_format("%s%s", *text == NULL ? "" : *text, more);
    free(*text);
    *text = joined;
}

void
text_repeat(char **text, char c, size_t times)
{
    PJWT_AUTO(text) char *more = malloc(times + 1);

    if (more == NULL) {
        abort();
    }
    memset(more, c, times);
    more[times] = '\0';
    text_add(text, "%s", more);
}

void
text_die(const char *format, ...)
{
    PJWT_AUTO(text) char *text = NULL;
    va_list args;

    va_start(args, format);
    text = format_list(format, args);
    va_end(args);
    printf("Bail out! %s\n", text);
    (void)fflush(stdout);
    _exit(1); /* not exit(): a child of a test must not run what its parent will run */
}

char *
text_word(char **rest)
{
    char *word = *rest + strspn(*rest, " \t");
    size_t len = strcspn(word, " \t");

    if (len == 0) {
        *rest = word;
        return NULL;
    }
    *rest = word + len;
    if (**rest != '\0') {
        *(*rest)++ = '\0';
    }
    return word;
}

char *
text_after(char *word, const char *name)
{
    size_t len = strlen(name);

    return strncmp(word, name, len) == 0 && word[len] == '=' ? word + len + 1 : NULL;
}
