/* Is each page of the session file what was written there? */
#include "lib/store/page.h"
#include "lib/store/vfs_file.h"

#include <inttypes.h>
#include <string.h>

static int
damaged(sqlite3_file *file, int64_t page, const char *words)
{
    struct pjwt_seen *seen = &pjwt_vfs_file(file)->own;

    if (seen->header && !seen->database) {
        pjwt_why_set(&seen->damage, "the session file is not a database");
    } else {
        pjwt_why_set(&seen->damage, "page %" PRId64 " of the session file %s", page, words);
    }
    return SQLITE_IOERR_DATA;
}

static int64_t
get_32(const unsigned char *in)
{
    return (int64_t)in[0] << 24 | (int64_t)in[1] << 16 | (int64_t)in[2] << 8 | in[3];
}

static void
look_at_header(struct pjwt_seen *seen, const unsigned char *header)
{
    seen->database = memcmp(header, "SQLite format 3", 16) == 0;
    seen->reserved = header[PJWT_PAGE_RESERVED_AT] == PJWT_PAGE_RESERVED;
    seen->application = get_32(header + PJWT_PAGE_APPLICATION_AT);
    seen->version = get_32(header + PJWT_PAGE_VERSION_AT);
    seen->header = true;
}

/* The header alone, read before SQLite knows what a page is. It may be older than the log, and
 * after a power cut torn; it is read again as a page before anything in it counts. */
static int
read_header(sqlite3_file *file, void *out, int len, sqlite3_int64 at)
{
    int rc = pjwt_vfs_read(file, out, len, at);

    if (rc == SQLITE_OK && at == 0 && len >= PJWT_PAGE_HEADER) {
        look_at_header(&pjwt_vfs_file(file)->own, out);
    }
    return rc;
}

static int
read_page(sqlite3_file *file, void *out, int len, sqlite3_int64 at)
{
    int64_t number = at / PJWT_PAGE_SIZE + 1;
    int rc = SQLITE_OK;

    if (len < PJWT_PAGE_SIZE && at + len <= PJWT_PAGE_HEADER) {
        return read_header(file, out, len, at);
    }
    if (len != PJWT_PAGE_SIZE || at % PJWT_PAGE_SIZE != 0) {
        return damaged(file, number, "has another size");
    }
    rc = pjwt_vfs_read(file, out, len, at);
    /* SQLite would take what is not there for zeros; in an empty file that is right. */
    if (rc == SQLITE_IOERR_SHORT_READ) {
        return at == 0 && !pjwt_vfs_file(file)->own.header
                   ? rc
                   : damaged(file, number, "is missing: the file ends before it");
    }
    if (rc == SQLITE_OK && !pjwt_page_whole(out, number)) {
        return damaged(file, number, "is not what was written: its checksum does not fit");
    }
    return rc;
}

/* Only where SQLite leaves us the room. */
static int
write_page(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
    struct pjwt_seen *seen = &pjwt_vfs_file(file)->own;
    unsigned char page[PJWT_PAGE_SIZE];

    if (len != PJWT_PAGE_SIZE || at % PJWT_PAGE_SIZE != 0) {
        return SQLITE_IOERR_WRITE;
    }
    if (at == 0) {
        look_at_header(seen, bytes);
    }
    if (!seen->reserved) {
        return SQLITE_IOERR_WRITE;
    }
    memcpy(page, bytes, sizeof(page));
    pjwt_page_seal(page, at / PJWT_PAGE_SIZE + 1);
    return pjwt_vfs_write(file, page, len, at);
}

static int
whole_size(sqlite3_file *file, sqlite3_int64 *size)
{
    int rc = pjwt_vfs_size(file, size);

    if (rc == SQLITE_OK && *size % PJWT_PAGE_SIZE != 0) {
        return damaged(file, *size / PJWT_PAGE_SIZE + 1, "is cut: the file ends within it");
    }
    return rc;
}

const sqlite3_io_methods pjwt_vfs_pages = {
    .iVersion = 2, /* no mapping: what is mapped cannot be checked */
    .xClose = pjwt_vfs_close,
    .xRead = read_page,
    .xWrite = write_page,
    .xTruncate = pjwt_vfs_truncate,
    .xSync = pjwt_vfs_sync,
    .xFileSize = whole_size,
    .xLock = pjwt_vfs_lock,
    .xUnlock = pjwt_vfs_unlock,
    .xCheckReservedLock = pjwt_vfs_reserved_lock,
    .xFileControl = pjwt_vfs_control,
    .xSectorSize = pjwt_vfs_sector,
    .xDeviceCharacteristics = pjwt_vfs_device,
    .xShmMap = pjwt_vfs_shm_map,
    .xShmLock = pjwt_vfs_shm_lock,
    .xShmBarrier = pjwt_vfs_shm_barrier,
    .xShmUnmap = pjwt_vfs_shm_unmap,
};
