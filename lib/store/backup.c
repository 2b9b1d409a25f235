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
#include <sys/file.h>
#include <sys/stat.h>

/* Made under another name, so that what has the name given is whole. */
struct copying {
    const char *path; /* borrowed */
    char made[PATH_MAX];
    int fd; /* locked as long as we write */
};

static void
copying_end(struct copying *c)
{
    pjwt_drop_fd(&c->fd);
}

static pjwt_verdict
failed(const char *path, struct pjwt_why *why)
{
    bool full = errno == ENOSPC || errno == EDQUOT;

    pjwt_why_set(why, "%s: %m", path);
    return full ? PJWT_SAY(STORE_FULL) : PJWT_SAY(STORE_UNREAD);
}

/* A backup that was killed left it, unless somebody holds its lock: then it is being written.
 */
static void
clear_left_over(const char *path)
{
    int fd __attribute__((cleanup(pjwt_drop_fd))) =
        open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) {
        (void)unlink(path);
    }
}

/* What SQLite puts beside a file: empty when the copy is done, and not to be taken for the
 * next one's when it was killed. */
static void
sweep(const char *path)
{
    static const char *const tails[] = {"-wal", "-shm", "-journal"};
    char name[PATH_MAX + 16];

    for (size_t i = 0; i < PJWT_COUNT(tails); i++) {
        (void)snprintf(name, sizeof(name), "%s%s", path, tails[i]);
        (void)unlink(name);
    }
}

/* A new file, private from its first byte on. Who cleared ours away a moment ago took it for
 * left over: it has no name any more. */
static pjwt_verdict
make(struct copying *c, struct pjwt_why *why)
{
    struct stat st;

    if (lstat(c->path, &st) == 0) {
        errno = EEXIST;
        return failed(c->path, why);
    }
    if ((size_t)snprintf(c->made, sizeof(c->made), "%s.new", c->path) >= sizeof(c->made)) {
        errno = ENAMETOOLONG;
        return failed(c->path, why);
    }
    clear_left_over(c->made);
    c->fd = open(c->made, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (c->fd < 0 || flock(c->fd, LOCK_EX | LOCK_NB) != 0 || fstat(c->fd, &st) != 0) {
        return failed(c->made, why);
    }
    if (st.st_nlink != 1) {
        errno = EAGAIN;
        return failed(c->made, why);
    }
    sweep(c->made);
    return PJWT_SAY(OK);
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

/* Some file systems cannot rename without replacing. */
static bool
put_in_place(const struct copying *c)
{
    if (renameat2(AT_FDCWD, c->made, AT_FDCWD, c->path, RENAME_NOREPLACE) == 0) {
        return true;
    }
    return errno == EINVAL && link(c->made, c->path) == 0 && unlink(c->made) == 0;
}

static pjwt_verdict
settle(const struct copying *c, struct pjwt_why *why)
{
    const char *slash = strrchr(c->path, '/');
    char dir[PATH_MAX] = "/";
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;

    if (slash == NULL) {
        return PJWT_SAY(INTERNAL); /* it is absolute */
    }
    if (slash > c->path) {
        (void)snprintf(dir, sizeof(dir), "%.*s", (int)(slash - c->path), c->path);
    }
    fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(c->fd) != 0 || !put_in_place(c) || fsync(fd) != 0) {
        return failed(c->path, why);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_store_backup(struct pjwt_store *store, const char *path, int64_t *commit,
                  struct pjwt_why *why)
{
    struct copying c __attribute__((cleanup(copying_end))) = {.path = path, .fd = -1};
    char uri[PJWT_URI_MAX];
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_why_clear(why);
    PJWT_TRY(make(&c, why));
    v = pjwt_uri(c.made, "mode=rw", uri);
    if (pjwt_ok(v)) {
        v = pjwt_store_explain(store, fill(store, uri, commit, why), why);
    }
    sweep(c.made);
    if (pjwt_ok(v)) {
        v = settle(&c, why);
    }
    if (!pjwt_ok(v)) {
        (void)unlink(c.made);
    }
    return v;
}
