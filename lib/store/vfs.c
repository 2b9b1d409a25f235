#include "lib/store/vfs.h"

#include "lib/base/own.h"
#include "lib/store/vfs_calls.h"
#include "lib/store/vfs_file.h"

#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>

static sqlite3_vfs *real_vfs; /* what lies below; SQLite owns it and keeps it for ever */

/* Makes the entry of the file `name` (absolute) durable. */
static int
sync_directory(const char *name)
{
    char path[PATH_MAX];
    size_t len = (size_t)(strrchr(name, '/') - name);
    PJWT_AUTO(fd) int dir = -1;

    if (len >= sizeof(path)) {
        return SQLITE_CANTOPEN;
    }
    memcpy(path, name, len);
    path[len] = '\0';
    dir = open(len == 0 ? "/" : path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return dir >= 0 && fsync(dir) == 0 ? SQLITE_OK : SQLITE_IOERR_DIR_FSYNC;
}

/* SQLite syncs the directory with the first commit of every process, since it asks for the file
 * to be made if need be. So that a commit need not wait for that, it is done once, before the
 * log holds anything. */
static int
open_log(const char *name, sqlite3_file *file, int flags, int *out_flags)
{
    sqlite3_int64 size = 0;
    int rc = real_vfs->xOpen(real_vfs, name, file, flags & ~SQLITE_OPEN_CREATE, out_flags);

    if (rc == SQLITE_OK) {
        rc = file->pMethods->xFileSize(file, &size);
        if (rc == SQLITE_OK && size > 0) {
            return SQLITE_OK;
        }
        (void)file->pMethods->xClose(file);
    }
    rc = real_vfs->xOpen(real_vfs, name, file, flags, out_flags);
    if (rc == SQLITE_OK && (flags & SQLITE_OPEN_CREATE) != 0) {
        rc = sync_directory(name);
        if (rc != SQLITE_OK) {
            (void)file->pMethods->xClose(file);
            file->pMethods = NULL;
        }
    }
    return rc;
}

/* Temporary files and rollback journals go straight to the real one: no session file rests on
 * them once it is made. */
static int
open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
    struct pjwt_vfs_file *ours = pjwt_vfs_file(file);
    sqlite3_file *session = NULL;
    int rc = SQLITE_OK;

    (void)vfs;
    if ((flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0) {
        return real_vfs->xOpen(real_vfs, name, file, flags, out_flags);
    }
    *ours = (struct pjwt_vfs_file){.unsynced = INT64_MAX};
    rc = (flags & SQLITE_OPEN_WAL) != 0
             ? open_log(name, pjwt_vfs_real(file), flags, out_flags)
             : real_vfs->xOpen(real_vfs, name, pjwt_vfs_real(file), flags, out_flags);
    if (rc != SQLITE_OK) {
        return rc; /* pMethods is NULL: nothing to close */
    }
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0) {
        ours->base.pMethods = &pjwt_vfs_pages;
        ours->seen = &ours->own;
        return SQLITE_OK;
    }
    session = sqlite3_database_file_object(name);
    ours->base.pMethods = &pjwt_vfs_log;
    ours->seen = &pjwt_vfs_file(session)->own;
    return SQLITE_OK;
}

int
pjwt_vfs_register(void)
{
    static sqlite3_vfs ours; /* SQLite links it into its list */

    if (real_vfs != NULL) {
        return SQLITE_OK;
    }
    real_vfs = sqlite3_vfs_find(NULL);
    if (real_vfs == NULL) {
        return SQLITE_ERROR;
    }
    pjwt_vfs_calls(real_vfs);
    ours = *real_vfs; /* its other methods keep no state in the struct */
    ours.zName = PJWT_VFS_NAME;
    ours.pNext = NULL;
    ours.szOsFile += (int)sizeof(struct pjwt_vfs_file);
    ours.xOpen = open_file;
    return sqlite3_vfs_register(&ours, 0);
}

const struct pjwt_seen *
pjwt_vfs_seen(sqlite3 *db)
{
    sqlite3_file *file = NULL;

    if (db == NULL ||
        sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        file == NULL || file->pMethods != &pjwt_vfs_pages) {
        return NULL;
    }
    return pjwt_vfs_file(file)->seen;
}
