/* What of our VFS is the real one's work? All that neither reads a page nor writes one. */
#include "lib/store/vfs_file.h"

/* The method of the real file behind `file`, called on it. */
#define PASS(file, method, ...) \
    (pjwt_vfs_real(file)->pMethods->method(pjwt_vfs_real(file), __VA_ARGS__))
#define PASS_BARE(file, method) (pjwt_vfs_real(file)->pMethods->method(pjwt_vfs_real(file)))

int
pjwt_vfs_close(sqlite3_file *file)
{
    return PASS_BARE(file, xClose);
}

int
pjwt_vfs_read(sqlite3_file *file, void *out, int len, sqlite3_int64 at)
{
    return PASS(file, xRead, out, len, at);
}

int
pjwt_vfs_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
    return PASS(file, xWrite, bytes, len, at);
}

int
pjwt_vfs_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return PASS(file, xTruncate, size);
}

int
pjwt_vfs_sync(sqlite3_file *file, int flags)
{
    return PASS(file, xSync, flags);
}

int
pjwt_vfs_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return PASS(file, xFileSize, size);
}

int
pjwt_vfs_lock(sqlite3_file *file, int level)
{
    return PASS(file, xLock, level);
}

int
pjwt_vfs_unlock(sqlite3_file *file, int level)
{
    return PASS(file, xUnlock, level);
}

int
pjwt_vfs_reserved_lock(sqlite3_file *file, int *held)
{
    return PASS(file, xCheckReservedLock, held);
}

int
pjwt_vfs_control(sqlite3_file *file, int op, void *arg)
{
    return PASS(file, xFileControl, op, arg);
}

int
pjwt_vfs_sector(sqlite3_file *file)
{
    return PASS_BARE(file, xSectorSize);
}

int
pjwt_vfs_device(sqlite3_file *file)
{
    return PASS_BARE(file, xDeviceCharacteristics);
}

int
pjwt_vfs_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **at)
{
    return PASS(file, xShmMap, page, size, extend, at);
}

int
pjwt_vfs_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return PASS(file, xShmLock, offset, n, flags);
}

void
pjwt_vfs_shm_barrier(sqlite3_file *file)
{
    PASS_BARE(file, xShmBarrier);
}

int
pjwt_vfs_shm_unmap(sqlite3_file *file, int delete)
{
    return PASS(file, xShmUnmap, delete);
}
