/* Does this config value look like a slip of the pen? */
#include "lib/policy/slip.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool
quoted(const char *value)
{
    size_t len = strlen(value);

    return len > 1 && value[0] == value[len - 1] && strchr("\"'", value[0]) != NULL;
}

/* A comment character with a blank before it. */
static bool
has_comment(const char *value)
{
    for (const char *c = value; (c = strpbrk(c, " \t")) != NULL; c++) {
        if (c[1] == '#' || c[1] == ';') {
            return true;
        }
    }
    return *value == '#' || *value == ';';
}

const char *
pjwt_slip(const char *value)
{
    if (has_comment(value)) {
        return ": a comment must be a line of its own";
    }
    if (quoted(value)) {
        return ": write the value without quotes";
    }
    return *value == '=' ? ": one = is enough" : NULL;
}
