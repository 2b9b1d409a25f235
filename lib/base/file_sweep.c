/* What did a pjwt_file_replace() leave that was killed? */
#include "lib/base/file.h"
#include "lib/base/own.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

PJWT_DEFINE_DROP(listing, DIR, (void)closedir)

static bool
is_left_over(int dir, const char *name)
{
    size_t len = strlen(PJWT_FILE_NEW);
    struct stat st;

    return strncmp(name, PJWT_FILE_NEW, len) == 0 &&
           strspn(name + len, "0123456789abcdef") == PJWT_FILE_NEW_DIGITS &&
           name[len + PJWT_FILE_NEW_DIGITS] == '\0' &&
           fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode);
}

void
pjwt_file_sweep(const char *path)
{
    PJWT_AUTO(listing) DIR *listing = NULL;
    struct pjwt_why unused = {""};
    int fd = -1;

    if (pjwt_file_open(path, PJWT_FILE_DIR, &fd, &unused) != PJWT_FILE_OK) {
        return;
    }
    listing = fdopendir(fd);
    if (listing == NULL) {
        (void)close(fd);
        return;
    }
    for (const struct dirent *e = readdir(listing); e != NULL; e = readdir(listing)) {
        if (is_left_over(fd, e->d_name)) {
            (void)unlinkat(fd, e->d_name, 0);
        }
    }
}
