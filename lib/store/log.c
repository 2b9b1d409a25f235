#include "lib/store/log.h"

#include <stddef.h>

#define LOG_PAGES 64 /* a login writes two or three */

/* A reader in the way is not waited for: the next one tries again. */
static void
carry_over(sqlite3 *db, int mode)
{
    (void)sqlite3_busy_timeout(db, 0);
    (void)sqlite3_wal_checkpoint_v2(db, "main", mode, NULL, NULL);
    (void)sqlite3_busy_timeout(db, PJWT_STORE_BUSY_MS);
}

/* After a commit that stands already, so whatever happens here takes nothing away from it. */
static int
keep_short(void *context, sqlite3 *db, const char *name, int pages)
{
    (void)context;
    (void)name;
    if (pages >= LOG_PAGES) {
        carry_over(db, SQLITE_CHECKPOINT_TRUNCATE);
    }
    return SQLITE_OK;
}

void
pjwt_log_keep_short(sqlite3 *db)
{
    (void)sqlite3_wal_hook(db, keep_short, NULL);
}

void
pjwt_log_leave(sqlite3 *db)
{
    (void)sqlite3_wal_hook(db, NULL, NULL);
}

void
pjwt_log_carry_over(sqlite3 *db)
{
    carry_over(db, SQLITE_CHECKPOINT_PASSIVE);
}

void
pjwt_log_settle(sqlite3 *db)
{
    carry_over(db, SQLITE_CHECKPOINT_TRUNCATE);
    pjwt_log_keep_short(db);
}
