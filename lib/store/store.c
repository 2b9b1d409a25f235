#include "lib/store/store.h"

#include "lib/base/file.h"
#include "lib/store/change.h"
#include "lib/store/db.h"
#include "lib/store/log.h"
#include "lib/store/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define ROW_BYTES 65536 /* more than any row of ours */

static pjwt_verdict
file_verdict(enum pjwt_file outcome)
{
    switch (outcome) {
    case PJWT_FILE_OK:
        return PJWT_SAY(OK);
    case PJWT_FILE_MISSING:
        return PJWT_SAY(STORE_MISSING);
    case PJWT_FILE_UNSAFE:
        return PJWT_SAY(STORE_UNSAFE);
    case PJWT_FILE_MEMORY:
        return PJWT_SAY(NO_MEMORY);
    case PJWT_FILE_UNREAD:
    case PJWT_FILE_LONG:
        break;
    }
    return PJWT_SAY(STORE_UNREAD);
}

static pjwt_verdict
join(const char *dir, const char *name, char path[PATH_MAX], struct pjwt_why *why)
{
    int len = snprintf(path, PATH_MAX, "%s/%s", dir, name);

    if (len < 0 || len >= PATH_MAX) {
        pjwt_why_set(why, "the path of %s is too long", name);
        return PJWT_SAY(STORE_UNREAD);
    }
    return PJWT_SAY(OK);
}

/* The files that SQLite will open, before it does. Its log and its index come and go. */
static pjwt_verdict
check_files(const char *dir, struct pjwt_why *why)
{
    static const char *const names[] = {PJWT_STORE_FILE, PJWT_STORE_FILE "-wal",
                                        PJWT_STORE_FILE "-shm"};
    char path[PATH_MAX];

    PJWT_TRY(file_verdict(pjwt_file_check(dir, PJWT_FILE_SECRET_DIR, why)));
    for (size_t i = 0; i < PJWT_COUNT(names); i++) {
        enum pjwt_file outcome = PJWT_FILE_OK;

        PJWT_TRY(join(dir, names[i], path, why));
        outcome = pjwt_file_check(path, PJWT_FILE_SECRET, why);
        if (outcome == PJWT_FILE_MISSING && i > 0) {
            pjwt_why_clear(why);
            continue;
        }
        PJWT_TRY(file_verdict(outcome));
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
open_queue(const char *dir, int *queue, struct pjwt_why *why)
{
    char path[PATH_MAX];

    PJWT_TRY(join(dir, PJWT_STORE_QUEUE, path, why));
    return file_verdict(pjwt_file_open(path, PJWT_FILE_SECRET, queue, why));
}

/* Nothing in the file may run code, nothing of it lies in another file or is mapped, and a
 * short login neither checkpoints nor unlinks the log when it closes: pjwt_log_keep_short()
 * does, now and then. */
static int
harden(sqlite3 *db)
{
    static const struct {
        int option;
        int value;
    } settings[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},   {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
    };
    int keep_log = 1;
    int rc = sqlite3_extended_result_codes(db, 1);

    for (size_t i = 0; i < PJWT_COUNT(settings) && rc == SQLITE_OK; i++) {
        rc = sqlite3_db_config(db, settings[i].option, settings[i].value, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep_log);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_busy_timeout(db, PJWT_STORE_BUSY_MS);
    }
    pjwt_log_keep_short(db);
    (void)sqlite3_limit(db, SQLITE_LIMIT_LENGTH, ROW_BYTES);
    (void)sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    return rc;
}

static pjwt_verdict
connect(const char *dir, struct pjwt_store *store, struct pjwt_why *why)
{
    static const char settings[] = "PRAGMA trusted_schema=OFF;"
                                   "PRAGMA cell_size_check=ON;"
                                   "PRAGMA mmap_size=0;"
                                   "PRAGMA temp_store=MEMORY;"
                                   "PRAGMA synchronous=FULL;";
    char path[PATH_MAX];
    int rc = SQLITE_OK;

    PJWT_TRY(join(dir, PJWT_STORE_FILE, path, why));
    rc = sqlite3_open_v2(path, &store->db,
                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW |
                             SQLITE_OPEN_PRIVATECACHE,
                         NULL);
    if (rc == SQLITE_OK) {
        rc = harden(store->db);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(store->db, settings, NULL, NULL, NULL);
    }
    return pjwt_db_verdict(store->db, rc);
}

static pjwt_verdict
new_store(struct pjwt_store **store)
{
    *store = calloc(1, sizeof(**store));
    if (*store == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    (*store)->queue = -1;
    return PJWT_SAY(OK);
}

/* The last error's words, where nothing more exact is known. */
static pjwt_verdict
explain(const struct pjwt_store *store, pjwt_verdict v, struct pjwt_why *why)
{
    if (!pjwt_ok(v) && why != NULL && why->text[0] == '\0' && store->db != NULL) {
        pjwt_why_set(why, "%s: %s", PJWT_STORE_FILE, sqlite3_errmsg(store->db));
    }
    return v;
}

static pjwt_verdict
open_checked(const char *dir, struct pjwt_store *store, struct pjwt_why *why)
{
    PJWT_TRY(check_files(dir, why));
    PJWT_TRY(open_queue(dir, &store->queue, why));
    PJWT_TRY(connect(dir, store, why));
    return pjwt_schema_check(store, why);
}

pjwt_verdict
pjwt_store_open(const char *dir, struct pjwt_store **store, struct pjwt_why *why)
{
    PJWT_AUTO(store) struct pjwt_store *opened = NULL;

    pjwt_why_clear(why);
    PJWT_TRY(new_store(&opened));
    PJWT_TRY(explain(opened, open_checked(dir, opened, why), why));
    *store = pjwt_take(opened);
    return PJWT_SAY(OK);
}

/* Makes an empty file with mode 0600 unless one is there. SQLite gives its log and its index
 * the mode and the owner of the session file. */
static pjwt_verdict
make_file(const char *dir, const char *name, struct pjwt_why *why)
{
    int parent __attribute__((cleanup(pjwt_drop_fd))) = -1;
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;

    PJWT_TRY(file_verdict(pjwt_file_open(dir, PJWT_FILE_SECRET_DIR, &parent, why)));
    fd = openat(parent, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST) {
        return PJWT_SAY(OK);
    }
    if (fd < 0 || fchmod(fd, 0600) != 0 || fsync(fd) != 0 || fsync(parent) != 0) {
        pjwt_why_set(why, "%s/%s: %m", dir, name);
        return errno == ENOSPC || errno == EDQUOT ? PJWT_SAY(STORE_FULL)
                                                  : PJWT_SAY(STORE_UNREAD);
    }
    return PJWT_SAY(OK);
}

/* The queue is marked once a session file is made. If that is gone or empty later on, to make
 * another without a word would forget every revocation and block. */
static pjwt_verdict
not_lost(const char *dir, int queue, struct pjwt_why *why)
{
    char path[PATH_MAX];
    struct stat mark = {0};
    struct stat file = {0};
    bool there = false;

    PJWT_TRY(join(dir, PJWT_STORE_FILE, path, why));
    there = lstat(path, &file) == 0;
    if (fstat(queue, &mark) == 0 && (mark.st_size == 0 || (there && file.st_size > 0))) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(why,
                 "%s is %s, and with it every revocation and block: remove %s/" PJWT_STORE_QUEUE
                 " to start anew without them",
                 path, there ? "empty" : "gone", dir);
    return PJWT_SAY(STORE_DAMAGED);
}

static pjwt_verdict
mark_made(const char *dir, struct pjwt_why *why)
{
    char path[PATH_MAX];
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;

    PJWT_TRY(join(dir, PJWT_STORE_QUEUE, path, why));
    fd = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || write(fd, "made\n", 5) != 5 || fsync(fd) != 0) {
        pjwt_why_set(why, "%s: %m", path);
        return errno == ENOSPC || errno == EDQUOT ? PJWT_SAY(STORE_FULL)
                                                  : PJWT_SAY(STORE_UNREAD);
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
init_locked(const char *dir, struct pjwt_store *store, bool *made, struct pjwt_why *why)
{
    PJWT_TRY(not_lost(dir, store->queue, why));
    PJWT_TRY(make_file(dir, PJWT_STORE_FILE, why));
    PJWT_TRY(check_files(dir, why));
    PJWT_TRY(connect(dir, store, why));
    PJWT_TRY(pjwt_schema_bring_forward(store, made, why));
    PJWT_TRY(mark_made(dir, why));
    /* So that the file alone is whole; a reader may be in the way, and then the log has it. */
    (void)sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_store_init(const char *dir, bool *made, struct pjwt_why *why)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;

    pjwt_why_clear(why);
    PJWT_TRY(new_store(&store));
    PJWT_TRY(file_verdict(pjwt_file_make_dir(dir, PJWT_FILE_SECRET_DIR, 0700, NULL, why)));
    PJWT_TRY(make_file(dir, PJWT_STORE_QUEUE, why));
    PJWT_TRY(open_queue(dir, &store->queue, why));
    PJWT_TRY(pjwt_change_stand_in_line(store)); /* two of us must not both make the file */
    return explain(store, init_locked(dir, store, made, why), why);
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
    *counts = (struct pjwt_store_counts){.schema = PJWT_SCHEMA_VERSION,
                                         .tickets = (long)tickets,
                                         .revocations = (long)revocations,
                                         .blocks = (long)blocks,
                                         .logins = (long)logins};
    return PJWT_SAY(OK);
}

void
pjwt_store_close(struct pjwt_store *store)
{
    if (store != NULL) {
        (void)sqlite3_close_v2(store->db);
        pjwt_drop_fd(&store->queue);
        free(store);
    }
}
