#include "lib/base/why.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

void
pjwt_why_set(struct pjwt_why *why, const char *format, ...)
{
    va_list args;

    if (why == NULL) {
        return;
    }
    va_start(args, format);
    if (vsnprintf(why->text, sizeof(why->text), format, args) < 0) {
        why->text[0] = '\0';
    }
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
