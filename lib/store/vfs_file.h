/* What do the parts of our VFS share? One open file: ours in front, the real one behind it. For
 * vfs*.c alone. */
#ifndef PJWT_STORE_VFS_FILE_H
#define PJWT_STORE_VFS_FILE_H

#include "lib/store/vfs.h"

struct pjwt_vfs_file {
    sqlite3_file base;      /* SQLite's part; first */
    struct pjwt_seen *seen; /* of the session file's own struct */
    struct pjwt_seen own;
    /* the log's: */
    int64_t unsynced; /* from here on this connection has written and not yet synced, … */
    int64_t until;    /* … and up to here */
    int magic;        /* which byte order its checksums have; 0: not read yet */
};

static inline struct pjwt_vfs_file *
pjwt_vfs_file(sqlite3_file *file)
{
    return (struct pjwt_vfs_file *)file;
}

static inline sqlite3_file *
pjwt_vfs_real(sqlite3_file *file)
{
    return (sqlite3_file *)(pjwt_vfs_file(file) + 1);
}

/* The methods of each kind of file. */
extern const sqlite3_io_methods pjwt_vfs_pages;
extern const sqlite3_io_methods pjwt_vfs_log;

/* What is handed on as it is. */
int pjwt_vfs_close(sqlite3_file *file);
int pjwt_vfs_read(sqlite3_file *file, void *out, int len, sqlite3_int64 at);
int pjwt_vfs_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at);
int pjwt_vfs_truncate(sqlite3_file *file, sqlite3_int64 size);
int pjwt_vfs_sync(sqlite3_file *file, int flags);
int pjwt_vfs_size(sqlite3_file *file, sqlite3_int64 *size);
int pjwt_vfs_lock(sqlite3_file *file, int level);
int pjwt_vfs_unlock(sqlite3_file *file, int level);
int pjwt_vfs_reserved_lock(sqlite3_file *file, int *held);
int pjwt_vfs_control(sqlite3_file *file, int op, void *arg);
int pjwt_vfs_sector(sqlite3_file *file);
int pjwt_vfs_device(sqlite3_file *file);
int pjwt_vfs_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **at);
int pjwt_vfs_shm_lock(sqlite3_file *file, int offset, int n, int flags);
void pjwt_vfs_shm_barrier(sqlite3_file *file);
int pjwt_vfs_shm_unmap(sqlite3_file *file, int delete);

#endif
