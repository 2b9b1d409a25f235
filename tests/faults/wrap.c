/* How does a call of lib/ fail? The wrappers that the linker puts in the place of the calls. */
#include "tests/faults/calls.h"
#include "tests/faults/inject.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#define DEFINE(type, failure, name, parameters, arguments) \
    type __real_##name parameters;                         \
    type __wrap_##name parameters;                         \
    type __wrap_##name parameters                          \
    {                                                      \
        if (inject_now()) {                                \
            errno = EIO;                                   \
            return failure;                                \
        }                                                  \
        return __real_##name arguments;                    \
    }

FAULT_CALLS(DEFINE)

/* No row: its arguments are not known beforehand. Named in faults.mk. */
int __wrap_asprintf(char **text, const char *format, ...) __attribute__((format(printf, 2, 3)));

int
__wrap_asprintf(char **text, const char *format, ...)
{
    va_list args;
    int len = -1;

    if (!inject_now()) {
        va_start(args, format);
        len = vasprintf(text, format, args);
        va_end(args);
    }
    return len;
}
