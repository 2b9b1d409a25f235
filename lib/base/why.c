#include "lib/base/why.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The line as it grows; what does not fit is cut. */
struct line {
    char *at;
    size_t room; /* without the NUL */
};

static void
put(struct line *line, const char *text, size_t len)
{
    size_t fits = len < line->room ? len : line->room;

    memcpy(line->at, text, fits);
    line->at += fits;
    line->room -= fits;
}

static void
put_number(struct line *line, long number)
{
    char digits[24]; /* more than 64 bits need, with a sign */
    char *c = digits + sizeof(digits);
    unsigned long rest = number < 0 ? 0UL - (unsigned long)number : (unsigned long)number;

    do {
        *--c = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0) {
        *--c = '-';
    }
    put(line, c, (size_t)(digits + sizeof(digits) - c));
}

/* One conversion, which starts behind the '%'; NULL when it is none of the plain ones. */
static const char *
convert(struct line *line, const char *format, va_list *args)
{
    unsigned long most = line->room;
    const char *text = NULL;

    if (format[0] == '.' && format[1] >= '1' && format[1] <= '9') {
        most = strtoul(format + 1, (char **)&format, 10);
    }
    if (format[0] == 's') {
        text = va_arg(*args, const char *);
        if (text == NULL) {
            return NULL;
        }
        put(line, text, strnlen(text, most));
        return format + 1;
    }
    if (format[0] == 'l' && format[1] == 'd') {
        put_number(line, va_arg(*args, long));
        return format + 2;
    }
    return NULL;
}

/* A good token makes two dozen lines that nobody reads, and vsnprintf() took a third of all
 * that we do beside OpenSSL: so the conversions that they are made of are done here. False when
 * there is another one. */
static bool
format_plainly(struct pjwt_why *why, const char *format, va_list *args)
{
    struct line line = {why->text, sizeof(why->text) - 1};

    while (*format != '\0') {
        size_t len = strcspn(format, "%");

        put(&line, format, len);
        format += len;
        if (*format == '%') {
            format = convert(&line, format + 1, args);
        }
        if (format == NULL) {
            return false;
        }
    }
    *line.at = '\0';
    return true;
}

static void
format_any(struct pjwt_why *why, const char *format, va_list args)
{
    if (vsnprintf(why->text, sizeof(why->text), format, args) < 0) {
        why->text[0] = '\0';
    }
}

void
pjwt_why_set(struct pjwt_why *why, const char *format, ...)
{
    va_list args;
    va_list again;
    bool plain = false;

    if (why == NULL) {
        return;
    }
    va_start(args, format);
    va_copy(again, args);
    plain = format_plainly(why, format, &args);
    if (!plain) {
        format_any(why, format, again);
    }
    va_end(again);
    va_end(args);
    for (char *c = why->text; *c != '\0'; c++) {
        if (*c < 0x20 || *c > 0x7e) { /* a log line and a terminal must survive it */
            *c = '?';
        }
    }
}

void
pjwt_why_clear(struct pjwt_why *why)
{
    if (why != NULL) {
        why->text[0] = '\0';
    }
}
