/* How is a backup put back? */
#include "lib/store/upkeep.h"

#include "lib/store/build.h"
#include "lib/store/change.h"
#include "lib/store/connect.h"
#include "lib/store/files.h"
#include "lib/store/guard.h"
#include "lib/store/integrity.h"
#include "lib/store/open.h"
#include "lib/store/page.h"
#include "lib/store/uri.h"
#include "lib/store/vfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A copy of the file alone lacks what stood in its log. */
static pjwt_verdict
check_backup(const char *path, struct pjwt_why *why)
{
    char log[PATH_MAX + 8];
    struct stat st;

    PJWT_TRY(pjwt_files_verdict(pjwt_file_check(path, PJWT_FILE_PUBLIC, why)));
    (void)snprintf(log, sizeof(log), "%s-wal", path);
    if (!pjwt_vfs_log_is_empty(log)) {
        pjwt_why_set(why, "%s lies beside it: that is no backup but a store in use", log);
        return PJWT_SAY(STORE_UNREAD);
    }
    if (stat(path, &st) != 0 || st.st_size == 0 || st.st_size % PJWT_PAGE_SIZE != 0) {
        pjwt_why_set(why, "%s is no whole number of pages, so no session file", path);
        return PJWT_SAY(STORE_DAMAGED);
    }
    return PJWT_SAY(OK);
}

/* Others go on writing to the present file while a backup is read. */
static pjwt_verdict
check_is_another(int dir, const char *path, struct pjwt_why *why)
{
    struct stat backup;
    struct stat present;

    if (stat(path, &backup) != 0 ||
        fstatat(dir, PJWT_STORE_FILE, &present, AT_SYMLINK_NOFOLLOW) != 0 ||
        backup.st_dev != present.st_dev || backup.st_ino != present.st_ino) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(why, "%s is the session file itself", path);
    return PJWT_SAY(STORE_UNREAD);
}

/* Opens a session file of any version: through our VFS when it has checksums. */
static pjwt_verdict
open_any(const char *path, bool frozen, sqlite3 **db, struct pjwt_why *why)
{
    int flags = frozen ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    struct pjwt_store view = {.queue = -1, .guard = -1, .dir = -1};
    char uri[PJWT_URI_MAX];
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_TRY(pjwt_uri(path, frozen ? "immutable=1" : "mode=rw", uri));
    PJWT_TRY(pjwt_build_source(uri, flags, PJWT_VFS_NAME, db));
    view.db = *db;
    v = pjwt_integrity(*db, why);
    if (pjwt_ok(v) || !pjwt_open_is_old(&view)) {
        return v;
    }
    pjwt_drop_sqlite(db);
    pjwt_why_clear(why);
    PJWT_TRY(pjwt_build_source(uri, flags, NULL, db));
    return pjwt_integrity(*db, why);
}

/* Keeps everybody out of the present file as long as `*db` is open. One that is gone, or so
 * damaged that it cannot be held, is of use to nobody. */
static pjwt_verdict
hold_present(const char *dir, const struct pjwt_store *store, sqlite3 **db)
{
    struct pjwt_why unused = {""};
    char path[PATH_MAX];
    struct stat st;
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (fstatat(store->dir, PJWT_STORE_FILE, &st, AT_SYMLINK_NOFOLLOW) != 0) {
        return PJWT_SAY(OK);
    }
    PJWT_TRY(pjwt_files_join(dir, PJWT_STORE_FILE, path, &unused));
    v = open_any(path, false, db, &unused);
    if (pjwt_ok(v)) {
        v = pjwt_build_hold(*db);
    }
    return v.reason == PJWT_STORE_BUSY ? v : PJWT_SAY(OK);
}

/* A second name, so that there is a session file at every instant. */
static pjwt_verdict
keep_present(const char *dir, int fd, struct pjwt_why *why)
{
    (void)unlinkat(fd, PJWT_STORE_REPLACED, 0);
    if (linkat(fd, PJWT_STORE_FILE, fd, PJWT_STORE_REPLACED, 0) != 0 && errno != ENOENT) {
        return pjwt_files_failed(dir, PJWT_STORE_REPLACED, why);
    }
    return PJWT_SAY(OK);
}

/* In the file that is about to take the place. A path that is too long for the audit stands
 * there by its end. */
static pjwt_verdict
note(const char *dir, const char *path, const struct pjwt_actor *actor, struct pjwt_why *why)
{
    PJWT_AUTO(store) struct pjwt_store *made = NULL;
    size_t len = strlen(path);
    size_t from = len < PJWT_AUDIT_OBJECT ? 0 : len - PJWT_AUDIT_OBJECT + 1;
    char file[PATH_MAX];
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_TRY(pjwt_connect_new(&made));
    PJWT_TRY(pjwt_files_join(dir, PJWT_BUILD_FILE, file, why));
    v = pjwt_connect(file, made);
    pjwt_store_act_for(made, actor);
    if (pjwt_ok(v)) {
        v = pjwt_audit_note(made, "restore", path + from);
    }
    if (pjwt_ok(v)) {
        v = pjwt_connect_settle(made->db);
    }
    return pjwt_connect_explain(made, v, why);
}

static pjwt_verdict
put_back(const char *dir, const char *path, const struct pjwt_actor *actor,
         struct pjwt_store *store, struct pjwt_why *why)
{
    PJWT_AUTO(sqlite) sqlite3 *backup = NULL;
    PJWT_AUTO(sqlite) sqlite3 *present = NULL;
    pjwt_verdict v = open_any(path, true, &backup, why);

    if (!pjwt_ok(v)) {
        if (why->text[0] == '\0') {
            pjwt_why_set(why, "%s: %s", path, sqlite3_errmsg(backup));
        }
        return v;
    }
    PJWT_TRY(hold_present(dir, store, &present));
    PJWT_TRY(pjwt_build_new(dir, backup, NULL, why));
    PJWT_TRY(note(dir, path, actor, why));
    PJWT_TRY(keep_present(dir, store->dir, why));
    return pjwt_build_place(dir, why);
}

pjwt_verdict
pjwt_store_restore(const char *dir, const char *path, const struct pjwt_actor *actor,
                   bool *newest, struct pjwt_why *why)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    PJWT_AUTO(store) struct pjwt_store *restored = NULL;
    struct pjwt_why unused = {""};

    pjwt_why_clear(why);
    PJWT_TRY(pjwt_connect_new(&store));
    PJWT_TRY(check_backup(path, why));
    PJWT_TRY(pjwt_files_open_dir(dir, &store->dir, why));
    PJWT_TRY(check_is_another(store->dir, path, why));
    PJWT_TRY(pjwt_files_open_queue(dir, store->dir, &store->queue, why));
    PJWT_TRY(pjwt_change_stand_in_line(store));
    PJWT_TRY(put_back(dir, path, actor, store, why));
    *newest = pjwt_ok(pjwt_store_open(dir, &restored, &unused));
    return PJWT_SAY(OK);
}
