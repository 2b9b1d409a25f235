/* How do files come into a house, and leave it? With exact modes, whatever the umask. */
#include "tests/pam/house.h"
#include "tests/pam/text.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <string.h>
#include <sys/stat.h>

static int
create(const char *path, mode_t mode)
{
    int fd = -1;

    (void)unlink(path);
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 || fchmod(fd, mode) != 0) {
        text_die("cannot write %s: %s", path, strerror(errno));
    }
    return fd;
}

static void
write_all(int fd, const char *bytes, size_t len, const char *path)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);

        if (n <= 0) {
            text_die("cannot write %s: %s", path, strerror(errno));
        }
        bytes += n;
        len -= (size_t)n;
    }
}

void
house_put(const char *path, const char *text, mode_t mode)
{
    PJWT_AUTO(fd) int fd = create(path, mode);

    write_all(fd, text, strlen(text), path);
}

void
house_copy(const char *from, const char *to, mode_t mode)
{
    PJWT_AUTO(fd) int in = open(from, O_RDONLY | O_CLOEXEC);
    PJWT_AUTO(fd) int out = in < 0 ? -1 : create(to, mode);
    char bytes[65536];
    ssize_t n = 0;

    if (in < 0) {
        text_die("cannot read %s: %s", from, strerror(errno));
    }
    while ((n = read(in, bytes, sizeof(bytes))) > 0) {
        write_all(out, bytes, (size_t)n, to);
    }
}

static int
remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

/* A case may have shut a directory even to its owner. */
static int
open_dir(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)ftw;
    return type == FTW_D || type == FTW_DNR ? chmod(path, 0700) : 0;
}

void
house_remove(const char *path)
{
    struct stat st = {0};

    if (lstat(path, &st) != 0) {
        return;
    }
    /* twice: what lay in a shut directory is only seen once it is open */
    (void)nftw(path, open_dir, 16, FTW_PHYS);
    (void)nftw(path, open_dir, 16, FTW_PHYS);
    if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0) {
        text_die("cannot remove %s: %s", path, strerror(errno));
    }
}
