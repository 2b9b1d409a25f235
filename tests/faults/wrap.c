/* How does a call of lib/ fail? The wrappers that the linker puts in the place of the calls. */
#include "tests/faults/calls.h"
#include "tests/faults/inject.h"

#include <errno.h>

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
