#include "lib/base/quoted.h"

#include <stdbool.h>
#include <string.h>

#define REST "..."

static bool
plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           strchr("_.:@/+-", c) != NULL;
}

const char *
pjwt_quoted(const char *value, const char *mark, char *out, size_t size)
{
    static const char hex[] = "0123456789abcdef";
    size_t n = strlen(mark);

    if (value[0] == '\0') {
        return "-";
    }
    memcpy(out, mark, n);
    for (size_t i = 0; value[i] != '\0'; i++) {
        unsigned char c = (unsigned char)value[i];

        if (i == PJWT_QUOTED_CLIP || n + strlen("\\xHH") + sizeof(REST) > size) {
            memcpy(out + n, REST, strlen(REST));
            n += strlen(REST);
            break;
        }
        if (plain((char)c)) {
            out[n++] = (char)c;
        } else {
            out[n++] = '\\';
            out[n++] = 'x';
            out[n++] = hex[c >> 4];
            out[n++] = hex[c & 15];
        }
    }
    out[n] = '\0';
    return out;
}
