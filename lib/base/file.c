#include "lib/base/file.h"

#include "lib/base/file_walk.h"
#include "lib/base/own.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>

#define LARGE 65536 /* bytes of a file from which on it is worth the call */

/* O_NONBLOCK: a FIFO in the place of a file must not make a login wait. */
#define READ_FLAGS (O_RDONLY | O_NONBLOCK | O_NOCTTY)

static enum pjwt_file
open_path(const char *path, enum pjwt_file_kind kind, int flags, int *fd, struct stat *st,
          struct pjwt_why *why)
{
    PJWT_WALK_SCOPE struct pjwt_walk walk = {.dir = -1};
    enum pjwt_file outcome = pjwt_walk_to(&walk, path, false, why);

    if (outcome != PJWT_FILE_OK) {
        return outcome;
    }
    return pjwt_walk_open(&walk, kind, flags, fd, st);
}

enum pjwt_file
pjwt_file_open(const char *path, enum pjwt_file_kind kind, int *fd, struct pjwt_why *why)
{
    struct stat st;

    return open_path(path, kind, READ_FLAGS, fd, &st, why);
}

enum pjwt_file
pjwt_file_check(const char *path, enum pjwt_file_kind kind, struct pjwt_why *why)
{
    PJWT_WALK_SCOPE struct pjwt_walk walk = {.dir = -1};
    enum pjwt_file outcome = pjwt_walk_to(&walk, path, false, why);

    return outcome == PJWT_FILE_OK ? pjwt_walk_check(&walk, kind) : outcome;
}

enum pjwt_file
pjwt_file_open_in(int dir, const char *path, enum pjwt_file_kind kind, int *fd,
                  struct pjwt_why *why)
{
    struct pjwt_walk walk = {.dir = -1};
    enum pjwt_file outcome = pjwt_walk_in(&walk, dir, path, why);
    struct stat st;

    return outcome == PJWT_FILE_OK ? pjwt_walk_open(&walk, kind, READ_FLAGS, fd, &st) : outcome;
}

enum pjwt_file
pjwt_file_check_in(int dir, const char *path, enum pjwt_file_kind kind, struct pjwt_why *why)
{
    struct pjwt_walk walk = {.dir = -1};
    enum pjwt_file outcome = pjwt_walk_in(&walk, dir, path, why);

    return outcome == PJWT_FILE_OK ? pjwt_walk_check(&walk, kind) : outcome;
}

/* Reads up to `room` bytes; -1 with errno set. */
static ssize_t
read_all(int fd, char *bytes, size_t room)
{
    size_t len = 0;

    while (len < room) {
        ssize_t got = read(fd, bytes + len, room - len);

        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got < 0 ? -1 : (ssize_t)len;
        }
        len += (size_t)got;
    }
    return (ssize_t)len;
}

/* Reads exactly `size` bytes and the end behind them: a file that changes meanwhile is torn. */
static enum pjwt_file
read_exactly(int fd, const char *path, char *bytes, size_t size, struct pjwt_why *why)
{
    ssize_t got = read_all(fd, bytes, size + 1);

    if (got < 0) {
        pjwt_why_set(why, "%s: %m", path);
        return PJWT_FILE_UNREAD;
    }
    if ((size_t)got != size) {
        pjwt_why_set(why, "%s changed while it was read", path);
        return PJWT_FILE_UNREAD;
    }
    bytes[size] = '\0';
    return PJWT_FILE_OK;
}

/* Asks for the pages of a large buffer at once, and not by a fault for each: that takes half
 * the time. A kernel before 5.14 knows no such wish. */
static void
expect_all(char *buffer, size_t size)
{
#ifdef MADV_POPULATE_WRITE
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ((uintptr_t)buffer + page - 1) / page * page;
    uintptr_t to = ((uintptr_t)buffer + size) / page * page;

    if (size >= LARGE && to > from) {
        (void)madvise((void *)from, to - from, MADV_POPULATE_WRITE);
    }
#else
    (void)buffer;
    (void)size;
#endif
}

enum pjwt_file
pjwt_file_read(const char *path, enum pjwt_file_kind kind, size_t max, char **bytes,
               size_t *len, struct pjwt_why *why)
{
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;
    PJWT_AUTO(text) char *buffer = NULL;
    struct stat st;
    enum pjwt_file outcome = open_path(path, kind, READ_FLAGS, &fd, &st, why);
    size_t size = 0;

    if (outcome != PJWT_FILE_OK) {
        return outcome;
    }
    if ((uintmax_t)st.st_size > max) {
        pjwt_why_set(why, "%s has more than %zu bytes", path, max);
        return PJWT_FILE_LONG;
    }
    size = (size_t)st.st_size;
    buffer = malloc(size + 1);
    if (buffer == NULL) {
        return PJWT_FILE_MEMORY;
    }
    expect_all(buffer, size + 1);
    outcome = read_exactly(fd, path, buffer, size, why);
    if (outcome != PJWT_FILE_OK) {
        explicit_bzero(buffer, size + 1); /* it may be a secret */
        return outcome;
    }
    *bytes = pjwt_take(buffer);
    *len = size;
    return PJWT_FILE_OK;
}

static bool
write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t put = write(fd, bytes, len);

        if (put < 0 && errno != EINTR) {
            return false;
        }
        if (put > 0) {
            bytes += put;
            len -= (size_t)put;
        }
    }
    return true;
}

/* Writes the new file beside the old one and puts it in its place; false with errno set, and
 * then the old one still stands. */
static bool
write_and_rename(const struct pjwt_walk *walk, const char *temporary, const void *bytes,
                 size_t len, mode_t mode)
{
    int fd __attribute__((cleanup(pjwt_drop_fd))) = openat(
        walk->dir, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    int saved = 0;

    if (fd < 0) {
        return false;
    }
    if (write_all(fd, bytes, len) && fchmod(fd, mode) == 0 && fsync(fd) == 0 &&
        renameat(walk->dir, temporary, walk->dir, walk->name) == 0) {
        return true;
    }
    saved = errno;
    (void)unlinkat(walk->dir, temporary, 0);
    errno = saved;
    return false;
}

enum pjwt_file
pjwt_file_replace(const char *path, const void *bytes, size_t len, mode_t mode,
                  struct pjwt_why *why)
{
    PJWT_WALK_SCOPE struct pjwt_walk walk = {.dir = -1};
    enum pjwt_file outcome = pjwt_walk_to(&walk, path, false, why);
    char temporary[32];
    uint64_t random = 0;

    if (outcome != PJWT_FILE_OK) {
        return outcome;
    }
    if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random)) {
        return pjwt_walk_failed(&walk);
    }
    (void)snprintf(temporary, sizeof(temporary), PJWT_FILE_NEW "%016" PRIx64, random);
    if (!write_and_rename(&walk, temporary, bytes, len, mode) || !pjwt_walk_sync(walk.dir)) {
        return pjwt_walk_failed(&walk);
    }
    return PJWT_FILE_OK;
}

enum pjwt_file
pjwt_file_open_own(const char *path, int *fd, struct pjwt_why *why)
{
    PJWT_WALK_SCOPE struct pjwt_walk walk = {.dir = -1};
    const int flags = O_RDWR | O_NONBLOCK | O_NOCTTY;
    enum pjwt_file outcome = pjwt_walk_to(&walk, path, false, why);
    struct stat st;

    if (outcome != PJWT_FILE_OK) {
        return outcome;
    }
    outcome = pjwt_walk_open(&walk, PJWT_FILE_SECRET, flags, fd, &st);
    if (outcome == PJWT_FILE_MISSING) {
        int made __attribute__((cleanup(pjwt_drop_fd))) =
            openat(walk.dir, walk.name, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

        outcome = made < 0 ? pjwt_walk_failed(&walk)
                           : pjwt_walk_open(&walk, PJWT_FILE_SECRET, flags, fd, &st);
    }
    return outcome;
}

enum pjwt_file
pjwt_file_make_dir(const char *path, enum pjwt_file_kind kind, mode_t mode, bool *made,
                   struct pjwt_why *why)
{
    PJWT_WALK_SCOPE struct pjwt_walk walk = {.dir = -1};
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;
    struct stat st;
    bool fresh = false;
    enum pjwt_file outcome = pjwt_walk_to(&walk, path, true, why);

    if (outcome == PJWT_FILE_OK) {
        outcome = pjwt_walk_mkdir(&walk, mode, &fresh);
    }
    if (outcome == PJWT_FILE_OK) {
        outcome = pjwt_walk_open(&walk, kind, O_PATH, &fd, &st);
    }
    if (outcome == PJWT_FILE_OK && made != NULL) {
        *made = fresh;
    }
    return outcome;
}
