/* What does SQLite ask of the kernel that can be had for less? A login opens the session file
 * and is gone again, so it pays each time what others pay once. */
#include "lib/store/vfs_calls.h"

#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

/* The log's index, while it has one part: sqlite.org/walformat.html */
#define INDEX_BYTES 32768
#define INDEX_FIRST 4096 /* of them; its header is the start of that, and says what counts */
#define INDEX_CUT   3    /* bytes that SQLite leaves of the index, and of nothing else */
#define BLOCK_BYTES 512  /* of st_blocks; inode(7) */

/* With all of its blocks: on a full disk, a write to a hole through a mapping is the process's
 * end, where SQLite finds it too small and says so. */
static bool
is_whole_index(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 && st.st_size == INDEX_BYTES &&
           st.st_blocks >= INDEX_BYTES / BLOCK_BYTES;
}

/* Whoever comes first cuts the index, so that nothing of it is believed, and lengthens it again
 * by zeros: on a disk that is a twentieth of a login. A header of zeros alone says the same:
 * what stands behind it is written anew before it is read. Nobody else is connected then, and a
 * lock of the index keeps it so until this is done. */
static int
cut(int fd, off_t size)
{
    static const char zeros[INDEX_FIRST];

    if (size == INDEX_CUT && is_whole_index(fd) &&
        pwrite(fd, zeros, sizeof(zeros), 0) == (ssize_t)sizeof(zeros)) {
        return 0;
    }
    return ftruncate(fd, size);
}

/* Root gives log and index to the owner of the session file, whose they are already: a change
 * of nothing, but one that is written to the disk's journal. */
static int
own(int fd, uid_t uid, gid_t gid)
{
    struct stat st;

    if (fstat(fd, &st) == 0 && st.st_uid == uid && st.st_gid == gid) {
        return 0;
    }
    return fchown(fd, uid, gid);
}

void
pjwt_vfs_calls(sqlite3_vfs *vfs)
{
    if (vfs->iVersion < 3 || vfs->xSetSystemCall == NULL) {
        return;
    }
    /* SQLite's sizes of files have 64 bits, also where ours have less. */
    if (sizeof(off_t) == sizeof(sqlite3_int64)) {
        (void)vfs->xSetSystemCall(vfs, "ftruncate", (sqlite3_syscall_ptr)cut);
    }
    (void)vfs->xSetSystemCall(vfs, "fchown", (sqlite3_syscall_ptr)own);
}
