/* How does a machine get its session file? Made whole, or brought forward whole; never made
 * anew over a loss. The other half of pjwt_store_init() in store.h. */
#include "lib/store/store.h"

#include "lib/store/build.h"
#include "lib/store/change.h"
#include "lib/store/connect.h"
#include "lib/store/files.h"
#include "lib/store/guard.h"
#include "lib/store/integrity.h"
#include "lib/store/open.h"
#include "lib/store/room.h"
#include "lib/store/schema.h"
#include "lib/store/uri.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

/* The queue is marked once a session file is made. If that is gone or empty later on, to make
 * another without a word would forget every revocation and block. */
static pjwt_verdict
not_lost(const char *dir, const struct pjwt_store *store, bool *there, struct pjwt_why *why)
{
    struct stat mark = {0};
    struct stat file = {0};
    bool found = fstatat(store->dir, PJWT_STORE_FILE, &file, AT_SYMLINK_NOFOLLOW) == 0;

    *there = found && file.st_size > 0;
    if (fstat(store->queue, &mark) == 0 && (mark.st_size == 0 || *there)) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(why,
                 "%s/%s is %s, and with it every revocation and block: remove "
                 "%s/" PJWT_STORE_QUEUE " to start anew without them",
                 dir, PJWT_STORE_FILE, found ? "empty" : "gone", dir);
    return PJWT_SAY(STORE_DAMAGED);
}

static pjwt_verdict
mark_made(const char *dir, const struct pjwt_store *store, struct pjwt_why *why)
{
    int fd __attribute__((cleanup(pjwt_drop_fd))) =
        openat(store->dir, PJWT_STORE_QUEUE, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0 || write(fd, "made\n", 5) != 5 || fsync(fd) != 0) {
        return pjwt_files_failed(dir, PJWT_STORE_QUEUE, why);
    }
    return PJWT_SAY(OK);
}

/* In place: who opened the store meanwhile has this same guard open, and waits in line. */
static pjwt_verdict
mark_guard(const struct pjwt_store *store, const struct pjwt_guard *row, struct pjwt_why *why)
{
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;

    PJWT_TRY(pjwt_guard_open(store->dir, &fd, why));
    return pjwt_guard_write(fd, row, true);
}

/* The guard is there before the file that needs it; with number 0, so that a build killed in
 * between is not taken for a loss. */
static pjwt_verdict
build(const char *dir, const struct pjwt_store *store, sqlite3 *source, struct pjwt_why *why)
{
    struct pjwt_guard row = {.number = 0};
    struct pjwt_guard guard = {.number = 0};

    PJWT_TRY(pjwt_build_name(&row));
    PJWT_TRY(pjwt_build_new(dir, source, &row, why));
    guard = row;
    guard.number = 0;
    PJWT_TRY(pjwt_guard_make(dir, &guard, why));
    PJWT_TRY(pjwt_build_place(dir, why));
    return mark_guard(store, &row, why);
}

/* Is the guard one that a finished store left? Then an older file was put in its place. */
static pjwt_verdict
not_put_back(const struct pjwt_store *store, struct pjwt_why *why)
{
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;
    struct pjwt_guard guard = {.number = 0};

    if (!pjwt_ok(pjwt_guard_open(store->dir, &fd, NULL))) {
        return PJWT_SAY(OK);
    }
    PJWT_TRY(pjwt_guard_read(fd, &guard, why));
    if (guard.number == 0) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(why,
                 "a session file of an earlier version was put in the place of a newer one; "
                 "`pamjwt restore` takes such a backup");
    return PJWT_SAY(STORE_BEHIND);
}

static pjwt_verdict
check_source(sqlite3 *db, struct pjwt_why *why)
{
    struct pjwt_store view = {.db = db, .queue = -1, .guard = -1, .dir = -1};

    PJWT_TRY(pjwt_schema_check_old(&view, why));
    return pjwt_integrity(db, why);
}

/* A file of a version without checksums is copied into one that has them. */
static pjwt_verdict
convert(const char *dir, const struct pjwt_store *store, struct pjwt_why *why)
{
    PJWT_AUTO(sqlite) sqlite3 *source = NULL;
    char path[PATH_MAX];
    char uri[PJWT_URI_MAX];

    PJWT_TRY(not_put_back(store, why));
    PJWT_TRY(pjwt_files_join(dir, PJWT_STORE_FILE, path, why));
    PJWT_TRY(pjwt_uri(path, "mode=rw", uri));
    PJWT_TRY(pjwt_build_source(uri, SQLITE_OPEN_READWRITE, NULL, &source));
    PJWT_TRY(check_source(source, why));
    PJWT_TRY(pjwt_build_hold(source));
    return build(dir, store, source, why);
}

static pjwt_verdict
bring_forward(const char *dir, struct pjwt_store *store, struct pjwt_why *why)
{
    struct pjwt_guard guard = {.number = 0};
    struct pjwt_guard row = {.number = 0};
    char path[PATH_MAX];
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_TRY(pjwt_files_check(dir, store->dir, why));
    PJWT_TRY(pjwt_files_join(dir, PJWT_STORE_FILE, path, why));
    v = pjwt_connect(path, store);
    if (pjwt_open_is_old(store)) {
        pjwt_drop_sqlite(&store->db);
        return convert(dir, store, why);
    }
    PJWT_TRY(pjwt_connect_explain(store, v, why));
    PJWT_TRY(pjwt_guard_open(store->dir, &store->guard, why));
    PJWT_TRY(pjwt_guard_read(store->guard, &guard, why));
    PJWT_TRY(pjwt_connect_explain(store, pjwt_guard_check(store, &guard, &row, why), why));
    v = pjwt_schema_bring_forward(store, why);
    return pjwt_connect_explain(store, v, why);
}

static pjwt_verdict
init_locked(const char *dir, struct pjwt_store *store, bool *made, struct pjwt_why *why)
{
    bool there = false;

    PJWT_TRY(not_lost(dir, store, &there, why));
    PJWT_TRY(there ? bring_forward(dir, store, why) : build(dir, store, NULL, why));
    PJWT_TRY(mark_made(dir, store, why));
    *made = !there;
    if (!pjwt_ok(pjwt_room_keep(store->dir))) {
        pjwt_why_set(why, "no room for %s/%s, which lets a revocation through on a full disk",
                     dir, PJWT_ROOM_FILE);
        return PJWT_SAY(STORE_FULL);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_store_init(const char *dir, bool *made, struct pjwt_why *why)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    enum pjwt_file outcome = PJWT_FILE_OK;

    pjwt_why_clear(why);
    PJWT_TRY(pjwt_connect_new(&store));
    outcome = pjwt_file_make_dir(dir, PJWT_FILE_SECRET_DIR, 0700, NULL, why);
    PJWT_TRY(pjwt_files_verdict(outcome));
    PJWT_TRY(pjwt_files_make(dir, PJWT_STORE_QUEUE, why));
    PJWT_TRY(pjwt_files_open_dir(dir, &store->dir, why));
    PJWT_TRY(pjwt_files_open_queue(dir, store->dir, &store->queue, why));
    PJWT_TRY(pjwt_change_stand_in_line(store)); /* two of us must not both make the file */
    return pjwt_connect_explain(store, init_locked(dir, store, made, why), why);
}
