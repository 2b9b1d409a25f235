#include "lib/store/store.h"

#include "lib/store/connect.h"
#include "lib/store/db.h"
#include "lib/store/files.h"
#include "lib/store/guard.h"
#include "lib/store/log.h"
#include "lib/store/open.h"
#include "lib/store/room.h"
#include "lib/store/schema.h"
#include "lib/store/vfs.h"

#include <inttypes.h>
#include <string.h>

void
pjwt_store_alone(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0); /* none before it is read */
}

bool
pjwt_open_is_old(const struct pjwt_store *store)
{
    const struct pjwt_seen *seen = pjwt_vfs_seen(store->db);

    return seen != NULL && seen->header && seen->database && !seen->reserved &&
           seen->version < PJWT_SCHEMA_SEALED;
}

/* An older file's pages have no checksums, so none of them can be read through our VFS. */
static pjwt_verdict
tell_old(const struct pjwt_store *store, pjwt_verdict v, struct pjwt_why *why)
{
    const struct pjwt_seen *seen = pjwt_vfs_seen(store->db);

    if (pjwt_ok(v) || !pjwt_open_is_old(store) ||
        seen->application != PJWT_SCHEMA_APPLICATION) {
        return pjwt_connect_explain(store, v, why);
    }
    pjwt_why_set(why, "schema version %" PRId64 ", not %d: run `pamjwt init`", seen->version,
                 PJWT_SCHEMA_VERSION);
    return PJWT_SAY(STORE_SCHEMA);
}

/* A restore holds a file so (lib/store/build.h), and one that was killed or failed leaves it
 * so: all that was committed stands in the file itself. */
static bool
has_no_log(struct pjwt_store *store)
{
    static const struct pjwt_field field[] = {{0, 16}};
    const struct pjwt_seen *seen = pjwt_vfs_seen(store->db);
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    char mode[16] = "";
    bool row = false;

    return seen != NULL && seen->reserved && seen->application == PJWT_SCHEMA_APPLICATION &&
           pjwt_ok(pjwt_db_query(store, "PRAGMA journal_mode", PJWT_NO_ARGS, &stmt)) &&
           pjwt_ok(pjwt_db_step(store, stmt, &row)) && row &&
           pjwt_ok(pjwt_db_read(store, stmt, 0, field, 1, mode)) && strcmp(mode, "delete") == 0;
}

/* Nobody begins a log while a restore still holds the file: that is SQLite's own lock. */
static pjwt_verdict
connect_checked(const char *path, struct pjwt_store *store, struct pjwt_why *why)
{
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_TRY(pjwt_connect(path, store));
    v = pjwt_schema_check(store, why);
    if (v.reason == PJWT_STORE_DAMAGED && has_no_log(store)) {
        pjwt_why_clear(why);
        PJWT_TRY(pjwt_db_verdict(
            store->db, sqlite3_exec(store->db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL)));
        v = pjwt_schema_check(store, why);
    }
    return v;
}

pjwt_verdict
pjwt_open_unguarded(const char *dir, struct pjwt_store *store, struct pjwt_why *why)
{
    char path[PATH_MAX];

    PJWT_TRY(pjwt_files_join(dir, PJWT_STORE_FILE, path, why));
    return tell_old(store, connect_checked(path, store, why), why);
}

/* The guard is read first: a commit that comes between makes the file newer, never older. */
static pjwt_verdict
open_guarded(const char *dir, struct pjwt_store *store, struct pjwt_why *why)
{
    struct pjwt_guard guard = {.number = 0};
    struct pjwt_guard row = {.number = 0};
    struct pjwt_why guard_why = {""};
    pjwt_verdict known = pjwt_guard_open(store->dir, &store->guard, &guard_why);

    if (pjwt_ok(known)) {
        known = pjwt_guard_read(store->guard, &guard, &guard_why);
    }
    PJWT_TRY(pjwt_open_unguarded(dir, store, why));
    if (!pjwt_ok(known)) {
        *why = guard_why;
        return known;
    }
    PJWT_TRY(pjwt_connect_explain(store, pjwt_guard_check(store, &guard, &row, why), why));
    store->commits = row.number;
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_open_files(const char *dir, struct pjwt_store *store, struct pjwt_why *why)
{
    PJWT_TRY(pjwt_files_open_dir(dir, &store->dir, why));
    PJWT_TRY(pjwt_files_check(dir, store->dir, why));
    return pjwt_files_open_queue(dir, store->dir, &store->queue, why);
}

static pjwt_verdict
open_as(const char *dir, bool revoking, struct pjwt_store **store, struct pjwt_why *why)
{
    PJWT_AUTO(store) struct pjwt_store *opened = NULL;
    struct pjwt_why unused = {""};

    why = why == NULL ? &unused : why;
    pjwt_why_clear(why);
    PJWT_TRY(pjwt_connect_new(&opened));
    PJWT_TRY(pjwt_open_files(dir, opened, why));
    if (revoking) {
        opened->patience = PJWT_STORE_REVOKE_MS;
        pjwt_room_release(opened->dir); /* SQLite's index may need some already */
    }
    PJWT_TRY(open_guarded(dir, opened, why));
    *store = pjwt_take(opened);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_store_open(const char *dir, struct pjwt_store **store, struct pjwt_why *why)
{
    return open_as(dir, false, store, why);
}

pjwt_verdict
pjwt_store_open_to_revoke(const char *dir, struct pjwt_store **store, struct pjwt_why *why)
{
    return open_as(dir, true, store, why);
}

pjwt_verdict
pjwt_store_count(struct pjwt_store *store, struct pjwt_store_counts *counts)
{
    int64_t tickets = 0;
    int64_t revocations = 0;
    int64_t blocks = 0;
    int64_t logins = 0;

    PJWT_TRY(pjwt_db_number(store, "SELECT count(*) FROM logins", &logins));
    PJWT_TRY(pjwt_db_number(store, "SELECT count(*) FROM tickets", &tickets));
    PJWT_TRY(pjwt_db_number(store, "SELECT count(*) FROM revocations", &revocations));
    PJWT_TRY(pjwt_db_number(store, "SELECT count(*) FROM blocks", &blocks));
    *counts = (struct pjwt_store_counts){.schema = (int)store->version,
                                         .tickets = (long)tickets,
                                         .revocations = (long)revocations,
                                         .blocks = (long)blocks,
                                         .logins = (long)logins};
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_store_explain(const struct pjwt_store *store, pjwt_verdict v, struct pjwt_why *why)
{
    const struct pjwt_seen *seen = store == NULL ? NULL : pjwt_vfs_seen(store->db);

    if (v.reason == PJWT_STORE_DAMAGED && seen != NULL && seen->damage.text[0] != '\0') {
        *why = seen->damage;
    }
    return v;
}

bool
pjwt_store_went_on(const struct pjwt_store *store)
{
    return store->guard < 0 || store->went_on;
}

void
pjwt_store_close(struct pjwt_store *store)
{
    if (store != NULL) {
        pjwt_db_close(store->db);
        pjwt_drop_fd(&store->queue);
        pjwt_drop_fd(&store->guard);
        pjwt_drop_fd(&store->dir);
        free(store);
    }
}
