/* What SQLite asks of the kernel at each start, had for less. For vfs.c alone. */
#ifndef PJWT_STORE_VFS_CALLS_H
#define PJWT_STORE_VFS_CALLS_H

#include <sqlite3.h>

/* Puts our versions of two system calls in the place of those that `vfs` (borrowed; SQLite's
 * own for files) makes, for all of this process. One that cannot be replaced stays: then a
 * start takes longer. */
void pjwt_vfs_calls(sqlite3_vfs *vfs);

#endif
