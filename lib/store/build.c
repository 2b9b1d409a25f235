#include "lib/store/build.h"

#include "lib/base/file.h"
#include "lib/store/change.h"
#include "lib/store/connect.h"
#include "lib/store/files.h"
#include "lib/store/guard.h"
#include "lib/store/page.h"
#include "lib/store/random.h"
#include "lib/store/schema.h"
#include "lib/store/uri.h"
#include "lib/store/vfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#define HOLD_MS 6000 /* no login lasts longer */

pjwt_verdict
pjwt_build_name(struct pjwt_guard *row)
{
    *row = (struct pjwt_guard){.number = 1};
    return pjwt_random_fill(row->store, sizeof(row->store));
}

/* What a build that was killed left, and its log when it is done. */
static const char *const leftovers[] = {PJWT_BUILD_FILE, PJWT_BUILD_FILE "-wal",
                                        PJWT_BUILD_FILE "-shm", PJWT_BUILD_FILE "-journal"};

/* What would be taken for the new file's. */
static const char *const logs[] = {PJWT_STORE_FILE "-wal", PJWT_STORE_FILE "-shm",
                                   PJWT_STORE_FILE "-journal"};

static pjwt_verdict
sweep(int dir, const char *const *names, size_t count, struct pjwt_why *why)
{
    for (size_t i = 0; i < count; i++) {
        if (unlinkat(dir, names[i], 0) != 0 && errno != ENOENT) {
            pjwt_why_set(why, "%s: %m", names[i]);
            return PJWT_SAY(STORE_UNREAD);
        }
    }
    return PJWT_SAY(OK);
}

/* The room for our bytes on each page, to be called before the first one is written. */
static pjwt_verdict
reserve(sqlite3 *db)
{
    int bytes = PJWT_PAGE_RESERVED;

    return pjwt_db_verdict(
        db, sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes));
}

pjwt_verdict
pjwt_build_source(const char *uri, int flags, const char *vfs, sqlite3 **db)
{
    int rc = pjwt_vfs_register();

    if (rc == SQLITE_OK) {
        rc = sqlite3_open_v2(uri, db,
                             flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
                                 SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE,
                             vfs);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_extended_result_codes(*db, 1);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_db_config(*db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_db_config(*db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    }
    return pjwt_db_verdict(*db, rc);
}

pjwt_verdict
pjwt_build_hold(sqlite3 *db)
{
    int rc = sqlite3_busy_timeout(db, HOLD_MS);

    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(db,
                          "PRAGMA synchronous=FULL;"
                          "PRAGMA locking_mode=EXCLUSIVE;"
                          "PRAGMA journal_mode=DELETE;",
                          NULL, NULL, NULL);
    }
    return pjwt_db_verdict(db, rc);
}

/* Row by row into another file: that alone can make room on its pages. */
static pjwt_verdict
copy(sqlite3 *source, const char *path)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    char uri[PJWT_URI_MAX];
    int rc = SQLITE_OK;

    PJWT_TRY(pjwt_uri(path, "vfs=" PJWT_VFS_NAME, uri));
    PJWT_TRY(reserve(source));
    rc = sqlite3_prepare_v2(source, "VACUUM main INTO ?", -1, &stmt, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_bind_text(stmt, 1, uri, -1, SQLITE_STATIC);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(stmt);
    }
    return pjwt_db_verdict(source, rc);
}

static pjwt_verdict
write_row(struct pjwt_store *store, const struct pjwt_guard *row)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    struct pjwt_guard old = {.number = 0};

    if (row == NULL && pjwt_ok(pjwt_guard_row(store, &old))) {
        return PJWT_SAY(OK);
    }
    /* An older file has none; then it is behind every guard, by its zeros. */
    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(pjwt_guard_set_row(store, row == NULL ? &old : row));
    return pjwt_change_commit(&change);
}

static pjwt_verdict
fill(const char *path, bool empty, const struct pjwt_guard *row, struct pjwt_why *why)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_TRY(pjwt_connect_new(&store));
    v = pjwt_connect(path, store);
    if (pjwt_ok(v) && empty) {
        v = reserve(store->db);
    }
    if (pjwt_ok(v)) {
        v = pjwt_schema_bring_forward(store, why);
    }
    if (pjwt_ok(v)) {
        v = write_row(store, row);
    }
    if (pjwt_ok(v)) {
        v = pjwt_connect_settle(store->db);
    }
    return pjwt_connect_explain(store, v, why);
}

pjwt_verdict
pjwt_build_new(const char *dir, sqlite3 *source, const struct pjwt_guard *row,
               struct pjwt_why *why)
{
    int parent __attribute__((cleanup(pjwt_drop_fd))) = -1;
    char path[PATH_MAX];

    PJWT_TRY(pjwt_files_join(dir, PJWT_BUILD_FILE, path, why));
    PJWT_TRY(pjwt_files_open_dir(dir, &parent, why));
    PJWT_TRY(sweep(parent, leftovers, PJWT_COUNT(leftovers), why));
    pjwt_file_sweep(dir); /* of the guard */
    PJWT_TRY(pjwt_files_make(dir, PJWT_BUILD_FILE, why));
    if (source != NULL) {
        pjwt_verdict v = copy(source, path);

        if (!pjwt_ok(v)) {
            pjwt_why_set(why, "copying the session file: %s", sqlite3_errmsg(source));
            return v;
        }
    }
    return fill(path, source == NULL, row, why);
}

pjwt_verdict
pjwt_build_place(const char *dir, struct pjwt_why *why)
{
    int parent __attribute__((cleanup(pjwt_drop_fd))) = -1;
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;

    PJWT_TRY(pjwt_files_open_dir(dir, &parent, why));
    PJWT_TRY(sweep(parent, logs, PJWT_COUNT(logs), why));
    fd = openat(parent, PJWT_BUILD_FILE, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0 ||
        renameat(parent, PJWT_BUILD_FILE, parent, PJWT_STORE_FILE) != 0 || fsync(parent) != 0) {
        return pjwt_files_failed(dir, PJWT_BUILD_FILE, why);
    }
    return sweep(parent, leftovers, PJWT_COUNT(leftovers), why);
}
