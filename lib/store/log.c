#include "lib/store/log.h"

#include <stdbool.h>
#include <stddef.h>

/* Each question of a login reads the whole log, and each login writes two or three pages into
 * it. To carry them over takes two syncs. */
#define LOG_PAGES 32
#define ROUNDS    4 /* after that the log is as good as empty, or a reader holds it */

/* A reader in the way is not waited for: the next one tries again. True when something is left
 * in the log. */
static bool
carry_over(sqlite3 *db, int mode, const int *patience)
{
    int pages = 0;
    int done = 0;

    (void)sqlite3_busy_timeout(db, 0);
    (void)sqlite3_wal_checkpoint_v2(db, "main", mode, &pages, &done);
    (void)sqlite3_busy_timeout(db, *patience);
    return pages > done;
}

/* After a commit that stands already, so whatever happens here takes nothing away from it. */
static int
keep_short(void *context, sqlite3 *db, const char *name, int pages)
{
    (void)name;
    if (pages >= LOG_PAGES) {
        (void)carry_over(db, SQLITE_CHECKPOINT_TRUNCATE, context);
    }
    return SQLITE_OK;
}

void
pjwt_log_keep_short(sqlite3 *db, int *patience)
{
    (void)sqlite3_wal_hook(db, keep_short, patience);
}

void
pjwt_log_leave(sqlite3 *db)
{
    (void)sqlite3_wal_hook(db, NULL, NULL);
}

void
pjwt_log_carry_over(sqlite3 *db, const int *patience)
{
    /* A login that came in between has added its two or three: they go at once, or else the
     * next one finds a long log and has to do it. */
    for (int round = 0; round < ROUNDS; round++) {
        if (!carry_over(db, SQLITE_CHECKPOINT_PASSIVE, patience)) {
            return;
        }
    }
}

void
pjwt_log_settle(sqlite3 *db, int *patience)
{
    (void)carry_over(db, SQLITE_CHECKPOINT_TRUNCATE, patience);
    pjwt_log_keep_short(db, patience);
}
