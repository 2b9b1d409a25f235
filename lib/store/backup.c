/* How is a session file copied while others write to it? */
#include "lib/store/upkeep.h"

#include "lib/store/build.h"
#include "lib/store/guard.h"
#include "lib/store/integrity.h"
#include "lib/store/uri.h"
#include "lib/store/vfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* A new file, private from its first byte on. */
static pjwt_verdict
make(const char *path, struct pjwt_why *why)
{
    int fd __attribute__((cleanup(pjwt_drop_fd))) =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd >= 0) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(why, "%s: %m", path);
    return errno == ENOSPC || errno == EDQUOT ? PJWT_SAY(STORE_FULL) : PJWT_SAY(STORE_UNREAD);
}

/* Page by page; one read transaction, which keeps no writer waiting. */
static pjwt_verdict
copy(struct pjwt_store *store, sqlite3 *target)
{
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", store->db, "main");

    if (backup == NULL) {
        return pjwt_db_verdict(target, sqlite3_extended_errcode(target));
    }
    (void)sqlite3_backup_step(backup, -1);
    return pjwt_db_verdict(target, sqlite3_backup_finish(backup));
}

static pjwt_verdict
fill(struct pjwt_store *store, const char *uri, int64_t *commit, struct pjwt_why *why)
{
    PJWT_AUTO(sqlite) sqlite3 *target = NULL;
    struct pjwt_store view = {.queue = -1, .guard = -1, .dir = -1};
    struct pjwt_guard row = {.number = 0};

    PJWT_TRY(pjwt_build_source(uri, SQLITE_OPEN_READWRITE, PJWT_VFS_NAME, &target));
    PJWT_TRY(copy(store, target));
    PJWT_TRY(pjwt_integrity(target, why));
    view.db = target;
    PJWT_TRY(pjwt_guard_row(&view, &row));
    *commit = row.number;
    return PJWT_SAY(OK);
}

/* The copy is one file: what SQLite put beside it is empty by now. */
static void
sweep(const char *path, bool all)
{
    static const char *const tails[] = {"-wal", "-shm", "-journal"};
    char name[PATH_MAX + 16];

    for (size_t i = 0; i < PJWT_COUNT(tails); i++) {
        (void)snprintf(name, sizeof(name), "%s%s", path, tails[i]);
        (void)unlink(name);
    }
    if (all) {
        (void)unlink(path);
    }
}

static pjwt_verdict
settle(const char *path, struct pjwt_why *why)
{
    int fd __attribute__((cleanup(pjwt_drop_fd))) =
        open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

    if (fd >= 0 && fsync(fd) == 0) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(why, "%s: %m", path);
    return PJWT_SAY(STORE_UNREAD);
}

pjwt_verdict
pjwt_store_backup(struct pjwt_store *store, const char *path, int64_t *commit,
                  struct pjwt_why *why)
{
    char uri[PJWT_URI_MAX];
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_why_clear(why);
    PJWT_TRY(pjwt_uri(path, "mode=rw", uri));
    PJWT_TRY(make(path, why));
    v = pjwt_store_explain(store, fill(store, uri, commit, why), why);
    if (pjwt_ok(v)) {
        v = settle(path, why);
    }
    sweep(path, !pjwt_ok(v));
    return v;
}
