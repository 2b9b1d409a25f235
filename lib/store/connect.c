#include "lib/store/connect.h"

#include "lib/store/log.h"
#include "lib/store/vfs.h"

#include <stdlib.h>

#define ROW_BYTES 65536 /* more than any row of ours */

pjwt_verdict
pjwt_connect_new(struct pjwt_store **store)
{
    *store = calloc(1, sizeof(**store));
    if (*store == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    (*store)->queue = -1;
    (*store)->guard = -1;
    (*store)->dir = -1;
    (*store)->patience = PJWT_STORE_BUSY_MS;
    return PJWT_SAY(OK);
}

/* Nothing in the file may run code, nothing of it lies in another file (or is mapped: our VFS
 * has no mapping), and a short login neither checkpoints nor unlinks the log when it closes:
 * pjwt_log_keep_short() does, now and then. */
static int
harden(struct pjwt_store *store)
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
    sqlite3 *db = store->db;
    int rc = sqlite3_extended_result_codes(db, 1);

    for (size_t i = 0; i < PJWT_COUNT(settings) && rc == SQLITE_OK; i++) {
        rc = sqlite3_db_config(db, settings[i].option, settings[i].value, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep_log);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_busy_timeout(db, store->patience);
    }
    pjwt_log_keep_short(db, &store->patience);
    (void)sqlite3_limit(db, SQLITE_LIMIT_LENGTH, ROW_BYTES);
    (void)sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    return rc;
}

pjwt_verdict
pjwt_connect(const char *path, struct pjwt_store *store)
{
    static const char settings[] = "PRAGMA cell_size_check=ON;"
                                   "PRAGMA temp_store=MEMORY;"
                                   "PRAGMA synchronous=FULL;";
    int rc = pjwt_vfs_register();

    if (rc == SQLITE_OK) {
        rc = sqlite3_open_v2(path, &store->db,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                                 SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE,
                             PJWT_VFS_NAME);
    }
    if (rc == SQLITE_OK) {
        rc = harden(store);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(store->db, settings, NULL, NULL, NULL);
    }
    return pjwt_db_verdict(store->db, rc);
}

pjwt_verdict
pjwt_connect_settle(sqlite3 *db)
{
    return pjwt_db_verdict(
        db, sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL));
}

pjwt_verdict
pjwt_connect_explain(const struct pjwt_store *store, pjwt_verdict v, struct pjwt_why *why)
{
    const struct pjwt_seen *seen = pjwt_vfs_seen(store->db);

    if (pjwt_ok(v) || why == NULL) {
        return v;
    }
    if (v.reason == PJWT_STORE_DAMAGED && seen != NULL && seen->damage.text[0] != '\0') {
        *why = seen->damage;
    } else if (why->text[0] == '\0' && store->db != NULL) {
        pjwt_why_set(why, "%s: %s", PJWT_STORE_FILE, sqlite3_errmsg(store->db));
    }
    return v;
}
