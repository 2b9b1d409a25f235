#include "lib/store/room.h"

#include "lib/base/own.h"

#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#define FLAGS (O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)

/* Is there room for `times` the reserve? Root may use what is kept back for it. */
static bool
roomy(int dir, unsigned times)
{
    struct statvfs fs;
    fsblkcnt_t blocks = 0;

    if (fstatvfs(dir, &fs) != 0 || fs.f_frsize == 0) {
        return true; /* unknown: the write itself will tell */
    }
    blocks = geteuid() == 0 ? fs.f_bfree : fs.f_bavail;
    return blocks >= (fsblkcnt_t)times * PJWT_ROOM_SIZE / fs.f_frsize;
}

pjwt_verdict
pjwt_room_keep(int dir)
{
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;
    struct stat st;

    if (fstatat(dir, PJWT_ROOM_FILE, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
        st.st_size >= PJWT_ROOM_SIZE) {
        return PJWT_SAY(OK);
    }
    /* Twice, so that it is not taken and given up by turns. */
    if (!roomy(dir, 2)) {
        return PJWT_SAY(STORE_FULL);
    }
    fd = openat(dir, PJWT_ROOM_FILE, FLAGS | O_CREAT, 0600);
    if (fd < 0 || posix_fallocate(fd, 0, PJWT_ROOM_SIZE) != 0) {
        return PJWT_SAY(STORE_FULL);
    }
    return PJWT_SAY(OK);
}

void
pjwt_room_release(int dir)
{
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;

    if (roomy(dir, 1)) {
        return;
    }
    fd = openat(dir, PJWT_ROOM_FILE, FLAGS);
    /* Synced, because a journaling file system gives the blocks out again only after that. */
    if (fd >= 0 && ftruncate(fd, 0) == 0) {
        (void)fsync(fd);
    }
}
