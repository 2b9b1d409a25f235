/* Is each frame of the log what was written there? SQLite itself checks frames only when it
 * builds its index, and takes a bad one for the end of the log; what is lost that way the guard
 * tells (lib/store/guard.h). Here every frame is checked again whenever a page is read from it.
 */
#include "lib/base/own.h"
#include "lib/store/page.h"
#include "lib/store/vfs_file.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>

/* sqlite.org/fileformat2.html, 4.1 and 4.2: each checksum goes on from the one before, which
 * stands in the last 8 bytes of the header of the log or of the frame before. */
#define LOG_HEADER   32
#define FRAME_HEADER 24
#define FRAME        (FRAME_HEADER + PJWT_PAGE_SIZE)
#define SUM          8
#define KEPT_MAX     (128L * FRAME) /* bytes of an empty log; a longer one is cut */
#define MAGIC_LITTLE 0x377f0682
#define MAGIC_BIG    0x377f0683

static uint32_t
word(const unsigned char *at, bool big)
{
    uint32_t number = 0;

    memcpy(&number, at, sizeof(number));
    return big ? be32toh(number) : le32toh(number);
}

struct sum {
    uint32_t one, two;
};

static void
add(struct sum *sum, const unsigned char *at, size_t len, bool big)
{
    for (size_t i = 0; i < len; i += 8) {
        sum->one += word(at + i, big) + sum->two;
        sum->two += word(at + i + 4, big) + sum->one;
    }
}

/* `before`: the checksum that this one goes on from. */
static bool
whole(const unsigned char before[SUM], const unsigned char header[FRAME_HEADER],
      const unsigned char page[PJWT_PAGE_SIZE], bool big)
{
    struct sum sum = {word(before, true), word(before + 4, true)};

    add(&sum, header, 8, big); /* page number and size; the salts are in the chain's start */
    add(&sum, page, PJWT_PAGE_SIZE, big);
    return sum.one == word(header + FRAME_HEADER - SUM, true) &&
           sum.two == word(header + FRAME_HEADER - SUM + 4, true);
}

static int
damaged(sqlite3_file *file, int64_t frame)
{
    pjwt_why_set(&pjwt_vfs_file(file)->seen->damage,
                 "frame %" PRId64 " of the session file's log is not what was written: its "
                 "checksum does not fit",
                 frame);
    return SQLITE_IOERR_DATA;
}

static int
read_magic(sqlite3_file *file, int *magic)
{
    unsigned char bytes[4];
    int rc = SQLITE_OK;

    if (*magic == 0) {
        rc = pjwt_vfs_read(file, bytes, sizeof(bytes), 0);
        *magic = rc == SQLITE_OK ? (int)word(bytes, true) : 0;
    }
    return rc;
}

/* Of the frame at `start`, whose page was read: reads its header, and what its checksum goes on
 * from, which are the last 8 bytes of the log's header or of the header of the frame before. */
static int
check_frame(sqlite3_file *file, sqlite3_int64 start, const unsigned char page[PJWT_PAGE_SIZE])
{
    unsigned char before[SUM];
    unsigned char header[FRAME_HEADER];
    int64_t above = start == LOG_HEADER ? LOG_HEADER : start - PJWT_PAGE_SIZE;
    int *magic = &pjwt_vfs_file(file)->magic;
    int64_t number = (start - LOG_HEADER) / FRAME + 1;
    int rc = read_magic(file, magic);

    if (rc == SQLITE_OK) {
        rc = pjwt_vfs_read(file, before, SUM, above - SUM);
    }
    if (rc == SQLITE_OK) {
        rc = pjwt_vfs_read(file, header, FRAME_HEADER, start);
    }
    if (rc != SQLITE_OK) {
        return rc == SQLITE_IOERR_SHORT_READ ? damaged(file, number) : rc;
    }
    if (*magic != MAGIC_LITTLE && *magic != MAGIC_BIG) {
        return damaged(file, number);
    }
    return whole(before, header, page, *magic == MAGIC_BIG) ? SQLITE_OK : damaged(file, number);
}

/* What this connection wrote since it last synced is not checked: a page that changes twice in
 * one transaction is written over, and its frame's checksum put right only at the commit. What
 * others wrote behind that is. */
static bool
is_ours(const struct pjwt_vfs_file *log, sqlite3_int64 start)
{
    return start >= log->unsynced && start < log->until;
}

static int
read_log(sqlite3_file *file, void *out, int len, sqlite3_int64 at)
{
    sqlite3_int64 start = at - FRAME_HEADER;
    int rc = pjwt_vfs_read(file, out, len, at);

    if (rc != SQLITE_OK || len != PJWT_PAGE_SIZE || start < LOG_HEADER ||
        (start - LOG_HEADER) % FRAME != 0 || is_ours(pjwt_vfs_file(file), start)) {
        return rc;
    }
    return check_frame(file, start, out);
}

static int
write_log(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
    struct pjwt_vfs_file *log = pjwt_vfs_file(file);

    log->unsynced = at < log->unsynced ? at : log->unsynced;
    log->until = at + len > log->until ? at + len : log->until;
    return pjwt_vfs_write(file, bytes, len, at);
}

/* A log is emptied by its header alone: SQLite takes one without it for empty, and has a new
 * one on the disk before what follows it. So the blocks stay, and a commit that writes over
 * them is there sooner than one that makes the file longer. */
static int
truncate_log(sqlite3_file *file, sqlite3_int64 size)
{
    static const unsigned char nothing[LOG_HEADER];
    sqlite3_int64 now = 0;

    if (size > 0 || pjwt_vfs_size(file, &now) != SQLITE_OK || now < LOG_HEADER ||
        now > KEPT_MAX) {
        return pjwt_vfs_truncate(file, size);
    }
    return pjwt_vfs_write(file, nothing, LOG_HEADER, 0);
}

bool
pjwt_vfs_log_is_empty(const char *path)
{
    static const unsigned char nothing[LOG_HEADER];
    unsigned char header[LOG_HEADER] = {0};
    PJWT_AUTO(fd) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    if (fd < 0) {
        return errno == ENOENT;
    }
    return read(fd, header, sizeof(header)) >= 0 &&
           memcmp(header, nothing, sizeof(header)) == 0;
}

static int
sync_log(sqlite3_file *file, int flags)
{
    int rc = pjwt_vfs_sync(file, flags);

    if (rc == SQLITE_OK) {
        pjwt_vfs_file(file)->unsynced = INT64_MAX;
        pjwt_vfs_file(file)->until = 0;
    }
    return rc;
}

const sqlite3_io_methods pjwt_vfs_log = {
    .iVersion = 1,
    .xClose = pjwt_vfs_close,
    .xRead = read_log,
    .xWrite = write_log,
    .xTruncate = truncate_log,
    .xSync = sync_log,
    .xFileSize = pjwt_vfs_size,
    .xLock = pjwt_vfs_lock,
    .xUnlock = pjwt_vfs_unlock,
    .xCheckReservedLock = pjwt_vfs_reserved_lock,
    .xFileControl = pjwt_vfs_control,
    .xSectorSize = pjwt_vfs_sector,
    .xDeviceCharacteristics = pjwt_vfs_device,
};
