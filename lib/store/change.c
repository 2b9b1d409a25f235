#include "lib/store/change.h"

#include "lib/store/guard.h"
#include "lib/store/room.h"

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

/* A restore puts another file in the place of this one; what is written to the old one then is
 * written to nobody. */
static pjwt_verdict
check_in_place(struct pjwt_store *store)
{
    int moved = 0;
    int rc = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);

    PJWT_TRY(pjwt_db_verdict(store->db, rc));
    return moved == 0 ? PJWT_SAY(OK) : PJWT_SAY(STORE_BUSY);
}

static pjwt_verdict
check_room(const struct pjwt_store *store, enum pjwt_change_kind kind)
{
    if (kind == PJWT_CHANGE_REVOKE) {
        pjwt_room_release(store->dir);
        return PJWT_SAY(OK);
    }
    return pjwt_room_keep(store->dir);
}

/* Nobody else writes now: the file must go on from where the guard stands. */
static pjwt_verdict
check_guard(struct pjwt_change *change)
{
    struct pjwt_guard guard = {.number = 0};

    PJWT_TRY(pjwt_guard_read(change->store->guard, &guard, NULL));
    PJWT_TRY(pjwt_guard_check(change->store, &guard, &change->row, NULL));
    change->store->went_on |= change->row.number != change->store->commits;
    return PJWT_SAY(OK);
}

/* The log is synced all the same before it is emptied, and with the next change that waits for
 * the disk: a power cut takes the newest changes, never one from between. */
static pjwt_verdict
choose_sync(struct pjwt_store *store, enum pjwt_change_kind kind)
{
    bool unsynced = kind == PJWT_CHANGE_PASSING;

    if (store->unsynced == unsynced) {
        return PJWT_SAY(OK);
    }
    store->unsynced = true; /* SQLite may have heard of it even where this fails */
    PJWT_TRY(pjwt_db_run(store,
                         unsynced ? "PRAGMA synchronous=NORMAL" : "PRAGMA synchronous=FULL",
                         PJWT_NO_ARGS, NULL));
    store->unsynced = unsynced;
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_change_begin_as(struct pjwt_change *change, struct pjwt_store *store,
                     enum pjwt_change_kind kind)
{
    bool guarded = store->guard >= 0;

    PJWT_TRY(choose_sync(store, kind));
    if (guarded) { /* else it is a new one, which nobody else knows of */
        PJWT_TRY(pjwt_change_stand_in_line(store));
    }
    change->store = store;
    change->kind = kind;
    if (guarded) {
        PJWT_TRY(check_in_place(store));
        PJWT_TRY(check_room(store, kind));
    }
    PJWT_TRY(pjwt_db_run(store, "BEGIN IMMEDIATE", PJWT_NO_ARGS, NULL));
    change->begun = true;
    return guarded ? check_guard(change) : PJWT_SAY(OK);
}

pjwt_verdict
pjwt_change_begin(struct pjwt_change *change, struct pjwt_store *store)
{
    return pjwt_change_begin_as(change, store, PJWT_CHANGE_PLAIN);
}

/* The number is a row of the transaction that it counts; the guard learns it afterwards, so it
 * is never ahead of the disk. */
pjwt_verdict
pjwt_change_commit(struct pjwt_change *change)
{
    struct pjwt_store *store = change->store;
    bool counted = store->guard >= 0 && change->kind != PJWT_CHANGE_PASSING;
    pjwt_verdict v = PJWT_SAY(OK);

    if (counted) {
        change->row.number++;
        PJWT_TRY(pjwt_guard_set_row(store, &change->row));
    }
    PJWT_TRY(pjwt_db_run(store, "COMMIT", PJWT_NO_ARGS, NULL));
    change->begun = false;
    if (counted) {
        v = pjwt_guard_write(store->guard, &change->row, change->kind > PJWT_CHANGE_PLAIN);
    }
    if (pjwt_ok(v)) {
        pjwt_audit_tell(change);
    }
    pjwt_change_end(change);
    return v;
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
    if (change->store->guard >= 0) {
        (void)flock(change->store->queue, LOCK_UN);
    }
    *change = (struct pjwt_change){0};
}
