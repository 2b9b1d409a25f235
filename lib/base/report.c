#include "lib/base/report.h"

#include <string.h>

void
pjwt_report_name(char *field, size_t size, const char *value)
{
    size_t len = value == NULL ? 0 : strnlen(value, size - 1);

    if (len > 0) {
        memcpy(field, value, len);
    }
    field[len] = '\0';
}
