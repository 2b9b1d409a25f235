#include "tests/pam/tap.h"

#include <stdio.h>
#include <string.h>

static int count;
static int failures;

static void
print_comment(const char *text)
{
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");

        printf("#   %.*s\n", (int)len, text);
        text += len + (text[len] == '\n');
    }
}

void
tap_result(bool ok, const char *name, const char *detail)
{
    failures += !ok;
    printf("%sok %d - %s\n", ok ? "" : "not ", ++count, name);
    if (!ok && detail != NULL) {
        print_comment(detail);
    }
    (void)fflush(stdout);
}

void
tap_skip(const char *name, const char *reason)
{
    printf("ok %d - %s # SKIP %s\n", ++count, name, reason);
    (void)fflush(stdout);
}

int
tap_end(void)
{
    printf("1..%d\n", count);
    return failures > 0 || count == 0;
}
