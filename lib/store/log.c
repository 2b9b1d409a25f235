#include "lib/store/log.h"

#include <stddef.h>

#define LOG_PAGES 64 /* a login writes two or three */

/* After a commit that stands already, so whatever happens here takes nothing away from it. A
 * reader in the way is not waited for: the next commit tries again. */
static int
carry_over(void *context, sqlite3 *db, const char *name, int pages)
{
    if (pages >= LOG_PAGES) {
        (void)sqlite3_busy_timeout(db, 0);
        (void)sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        (void)sqlite3_busy_timeout(db, *(const int *)context);
    }
    return SQLITE_OK;
}

void
pjwt_log_keep_short(sqlite3 *db, int *patience)
{
    (void)sqlite3_wal_hook(db, carry_over, patience);
}
