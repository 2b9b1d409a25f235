#include "lib/store/uri.h"

#include <stdio.h>
#include <string.h>

static bool
plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           strchr("/._-", c) != NULL;
}

pjwt_verdict
pjwt_uri(const char *path, const char *parameter, char uri[PJWT_URI_MAX])
{
    size_t len = (size_t)snprintf(uri, PJWT_URI_MAX, "file:");

    if (strlen(path) >= PATH_MAX || strlen(parameter) >= 32) {
        return PJWT_SAY(STORE_UNREAD);
    }
    for (; *path != '\0'; path++) {
        if (plain(*path)) {
            uri[len++] = *path;
        } else {
            len += (size_t)snprintf(uri + len, 4, "%%%02X", (unsigned char)*path);
        }
    }
    (void)snprintf(uri + len, PJWT_URI_MAX - len, "?%s", parameter);
    return PJWT_SAY(OK);
}
