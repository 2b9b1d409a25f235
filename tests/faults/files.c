/* How do bytes get into the house? */
#include "tests/faults/files.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

bool
files_write(const char *dir, const char *kind, const char *name, const void *bytes, size_t len)
{
    char path[PATH_MAX];
    FILE *file = NULL;
    bool good = false;

    (void)snprintf(path, sizeof(path), "%s/%s%s%s", dir, kind == NULL ? "" : kind,
                   kind == NULL ? "" : "-", name);
    file = fopen(path, "wb");
    good = file != NULL && fwrite(bytes, 1, len, file) == len;
    good = file != NULL && fclose(file) == 0 && good;
    return good && chmod(path, 0600) == 0;
}

bool
files_write_secret(const char *dir, const char *kind, const char *name,
                   const struct pjwt_secret *secret)
{
    return files_write(dir, kind, name, pjwt_secret_bytes(secret), pjwt_secret_len(secret));
}
