#include "helper/cmd/sample.h"

#include <stdio.h>
#include <string.h>

char *
pjwt_sample_text(const char *dir)
{
    char *text = NULL;

    if (dir == NULL) {
        return strdup(pjwt_sample_lines);
    }
    if (asprintf(&text, "%s\n[paths]\nstate = %s/state\nrun = %s/run\n", pjwt_sample_lines, dir,
                 dir) < 0) {
        return NULL;
    }
    return text;
}
