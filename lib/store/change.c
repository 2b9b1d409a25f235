#include "lib/store/change.h"

#include <errno.h>
#include <sys/file.h>

pjwt_verdict
pjwt_change_stand_in_line(const struct pjwt_store *store)
{
    if (flock(store->queue, LOCK_EX) == 0) {
        return PJWT_SAY(OK);
    }
    return errno == EINTR ? PJWT_SAY(STORE_BUSY) : PJWT_SAY(STORE_UNREAD);
}

pjwt_verdict
pjwt_change_begin(struct pjwt_change *change, struct pjwt_store *store)
{
    PJWT_TRY(pjwt_change_stand_in_line(store));
    change->store = store;
    PJWT_TRY(pjwt_db_run(store, "BEGIN IMMEDIATE", PJWT_NO_ARGS, NULL));
    change->begun = true;
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_change_commit(struct pjwt_change *change)
{
    PJWT_TRY(pjwt_db_run(change->store, "COMMIT", PJWT_NO_ARGS, NULL));
    change->begun = false;
    pjwt_audit_tell(change);
    pjwt_change_end(change);
    return PJWT_SAY(OK);
}

void
pjwt_change_end(struct pjwt_change *change)
{
    if (change->store == NULL) {
        return;
    }
    /* After some errors SQLite has rolled back by itself. */
    if (change->begun && sqlite3_get_autocommit(change->store->db) == 0) {
        (void)sqlite3_exec(change->store->db, "ROLLBACK", NULL, NULL, NULL);
    }
    (void)flock(change->store->queue, LOCK_UN);
    *change = (struct pjwt_change){0};
}
