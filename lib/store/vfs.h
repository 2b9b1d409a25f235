/* Does SQLite get what it wrote? A VFS between it and the files: every page of the session file
 * and every frame of its log is checked when it is read. Inside lib/store alone. */
#ifndef PJWT_STORE_VFS_H
#define PJWT_STORE_VFS_H

#include "lib/base/why.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#define PJWT_VFS_NAME "pjwt"

/* What one connection has seen of its file. */
struct pjwt_seen {
    bool reserved;       /* its first page leaves us our bytes */
    bool header;         /* there is a first page, and it says: */
    bool database;       /* that it is SQLite's at all, */
    int64_t application; /* whose file, */
    int64_t version; /* of which schema; unchecked, for telling an old file from a bad one */
    struct pjwt_why damage; /* "" as long as all was whole */
};

/* Makes it known to SQLite, in this process, over what is the default VFS then. An SQLite code.
 */
int pjwt_vfs_register(void);

/* Is there no log at `path`, or nothing in it? One that was emptied keeps its blocks behind a
 * header of zeros. */
bool pjwt_vfs_log_is_empty(const char *path);

/* Borrowed from the connection; NULL when it is open through another VFS. */
const struct pjwt_seen *pjwt_vfs_seen(sqlite3 *db);

#endif
