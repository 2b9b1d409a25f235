/* Fortified headers define syslog() inline; here it is ours to define. */
#undef _FORTIFY_SOURCE

#include "tests/pam/journal.h"

#include "tests/pam/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#define EXPORTED __attribute__((visibility("default")))

static struct {
    struct journal_line *line;
    size_t count;
    int openlogs;
} journal;

__attribute__((format(printf, 2, 0))) static void
keep(int priority, const char *format, va_list args)
{
    struct journal_line *grown =
        realloc(journal.line, (journal.count + 1) * sizeof(*journal.line));
    char *text = NULL;

    if (grown == NULL || vasprintf(&text, format, args) < 0) {
        abort();
    }
    journal.line = grown;
    journal.line[journal.count++] = (struct journal_line){LOG_PRI(priority), text};
}

/* The C library's names, and those that fortified callers use. */
EXPORTED void
vsyslog(int priority, const char *format, va_list args)
{
    keep(priority, format, args);
}

EXPORTED void
syslog(int priority, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    keep(priority, format, args);
    va_end(args);
}

void __vsyslog_chk(int priority, int flag, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));
void __syslog_chk(int priority, int flag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

EXPORTED void
__vsyslog_chk(int priority, int flag, const char *format, va_list args)
{
    (void)flag;
    keep(priority, format, args);
}

EXPORTED void
__syslog_chk(int priority, int flag, const char *format, ...)
{
    va_list args;

    (void)flag;
    va_start(args, format);
    keep(priority, format, args);
    va_end(args);
}

EXPORTED void
openlog(const char *ident, int option, int facility)
{
    (void)ident;
    (void)option;
    (void)facility;
    journal.openlogs++;
}

size_t
journal_count(void)
{
    return journal.count;
}

const struct journal_line *
journal_line(size_t index)
{
    return &journal.line[index];
}

const char *
journal_ours(const struct journal_line *line)
{
    const char *end = strstr(line->text, "): ");

    if (strncmp(line->text, "pam_jwt(", 8) != 0 || end == NULL) {
        return NULL;
    }
    return end + 3;
}

int
journal_openlogs(void)
{
    return journal.openlogs;
}

void
journal_clear(void)
{
    for (size_t i = 0; i < journal.count; i++) {
        free(journal.line[i].text);
    }
    free(journal.line);
    journal.line = NULL;
    journal.count = 0;
    journal.openlogs = 0;
}
