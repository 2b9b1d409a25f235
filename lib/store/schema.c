#include "lib/store/schema.h"

#include "lib/store/change.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* SQLite converts and forgives. We bind nothing of another type; what is read is looked at then
 * (pjwt_db_read), and all of it by pjwt_integrity(). Of types there is no CHECK: every login
 * parses all of this, and with those it took twice as long. */
#define NUMBER(name)      #name " INTEGER NOT NULL DEFAULT 0"
#define TEXT(name)        #name " TEXT NOT NULL DEFAULT ''"
#define NAME(name)        #name " TEXT NOT NULL CHECK (" #name "<>'')"
#define INSTANT(name)     #name " INTEGER NOT NULL CHECK (" #name ">0)"
#define DIGEST(name)      #name " BLOB NOT NULL CHECK (length(" #name ")=32)"
#define MAYBE(name, type) #name " " type

/* What a credential rests on. Times are seconds since the epoch; 0 and '' mean none. */
#define ORIGIN TEXT(iss) "," TEXT(sub) "," TEXT(jti) "," TEXT(kid) "," NUMBER(iat)

/* clang-format off */
static const char version_1[] =
    "CREATE TABLE tickets ("
        "id TEXT NOT NULL PRIMARY KEY CHECK (length(id)=12),"
        DIGEST(hash) "," NAME(user) "," NAME(services) ","
        INSTANT(created) "," INSTANT(expires) ","
        NUMBER(idle) "," NUMBER(last_used) "," NUMBER(one_time) "," NUMBER(renewable_until) ","
        TEXT(note) ","
        NUMBER(revoked_at) "," TEXT(revoked_by) "," TEXT(revoked_why) ","
        ORIGIN "," NUMBER(auth_time) "," MAYBE(claims, "TEXT") "," MAYBE(token_hash, "BLOB") ","
        MAYBE(from_net, "TEXT")
    ") WITHOUT ROWID;"
    "CREATE INDEX tickets_user ON tickets (user, created);"
    "CREATE INDEX tickets_created ON tickets (created);"

    "CREATE TABLE revocations ("
        "kind TEXT NOT NULL CHECK (kind IN ('jti','user','subject','issuer','key')),"
        TEXT(iss) "," TEXT(value) ","
        NUMBER(before) "," INSTANT(created) "," NUMBER(expires) "," TEXT(by) "," TEXT(why) ","
        "PRIMARY KEY (kind, iss, value),"
        "CHECK ((kind='user')=(iss='')), CHECK ((kind='issuer')=(value=''))"
    ") WITHOUT ROWID;"

    "CREATE TABLE blocks ("
        "user TEXT NOT NULL PRIMARY KEY CHECK (user<>''),"
        INSTANT(created) "," NUMBER(until) "," TEXT(by) "," TEXT(why)
    ") WITHOUT ROWID;"

    "CREATE TABLE handoffs ("
        "hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash)=32),"
        NUMBER(pid) "," NUMBER(started) "," NUMBER(parent) "," NUMBER(parent_started) ","
        INSTANT(until) "," NAME(user) "," NAME(service) "," TEXT(ticket) "," ORIGIN ","
        NUMBER(issued) "," NUMBER(expires) "," NUMBER(leeway)
    ") WITHOUT ROWID;"
    "CREATE INDEX handoffs_until ON handoffs (until);"

    "PRAGMA application_id=1347049300;"
    "PRAGMA user_version=1;";

/* What was good for one login and is spent; the clock's high-water mark. */
static const char version_2[] =
    "CREATE TABLE replay ("
        NAME(iss) "," NAME(jti) "," NUMBER(expires) "," INSTANT(spent) ","
        "PRIMARY KEY (iss, jti)"
    ") WITHOUT ROWID;"
    "CREATE INDEX replay_expires ON replay (expires);"

    "CREATE TABLE clock ("
        "id INTEGER NOT NULL PRIMARY KEY CHECK (id=1),"
        NUMBER(mark) "," TEXT(boot) "," NUMBER(up) "," NUMBER(ahead_from) "," NUMBER(ahead_by) ","
        NUMBER(forgotten)
    ") WITHOUT ROWID;"

    "ALTER TABLE tickets ADD COLUMN " NUMBER(spent_at) ";"

    "PRAGMA user_version=2;";

/* What was done and by whom; who is logged in; how long a renewed ticket is good. */
static const char version_3[] =
    "CREATE TABLE audit ("
        "number INTEGER NOT NULL PRIMARY KEY CHECK (number>0),"
        INSTANT(at) "," NAME(who) "," TEXT(origin) "," NAME(act) "," TEXT(object) "," TEXT(why)
    ") WITHOUT ROWID;"
    "CREATE TABLE logins ("
        "id TEXT NOT NULL PRIMARY KEY CHECK (length(id)=11),"
        NUMBER(ours) "," NAME(target) "," TEXT(tty) "," TEXT(rhost) ","
        NUMBER(pid) "," NUMBER(started) "," TEXT(boot) "," INSTANT(opened) ","
        NAME(user) "," NAME(service) "," TEXT(ticket) "," ORIGIN ","
        NUMBER(issued) "," NUMBER(expires) "," NUMBER(leeway)
    ") WITHOUT ROWID;"
    "CREATE INDEX logins_opened ON logins (opened, id);"
    "ALTER TABLE tickets ADD COLUMN " NUMBER(lifetime) ";"
    "CREATE INDEX tickets_jti ON tickets (iss, jti) WHERE iss<>'';"
    "CREATE INDEX tickets_sub ON tickets (iss, sub) WHERE iss<>'';"
    "PRAGMA user_version=3;";

/* Which commit is the last, and of which store? From here on pages have checksums. */
static const char guarded[] =
    "CREATE TABLE guard ("
        "one INTEGER NOT NULL PRIMARY KEY CHECK (one=1),"
        NUMBER(number) ","
        "store BLOB NOT NULL CHECK (length(store)=16)"
    ") WITHOUT ROWID;";

/* Which login is a ticket for, while it lasts? What such a ticket is made of, until then. */
static const char login_tickets[] =
    "ALTER TABLE tickets ADD COLUMN " TEXT(login) ";"
    "CREATE INDEX tickets_login ON tickets (login) WHERE login<>'';"
    "ALTER TABLE handoffs ADD COLUMN " MAYBE(claims, "TEXT") ";";
/* clang-format on */

_Static_assert(PJWT_SCHEMA_APPLICATION == 1347049300, "the same number in both spellings");

/* steps[v] leads from version v to v + 1. */
static const char *const steps[] = {version_1, version_2, version_3, guarded, login_tickets};

_Static_assert(PJWT_COUNT(steps) == PJWT_SCHEMA_VERSION, "there is a step to every version");

/* A sound header, before its numbers are believed. */
static pjwt_verdict
check_owner(struct pjwt_store *store, struct pjwt_why *why)
{
    int64_t application = 0;

    PJWT_TRY(pjwt_db_number(store, "PRAGMA application_id", &application));
    if (application != PJWT_SCHEMA_APPLICATION) {
        pjwt_why_set(why, "not a session file of pam_jwt (application id %" PRId64 ")",
                     application);
        return PJWT_SAY(STORE_DAMAGED);
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
check_not_newer(struct pjwt_store *store, int64_t *version, struct pjwt_why *why)
{
    PJWT_TRY(pjwt_db_number(store, "PRAGMA user_version", version));
    if (*version < 0) {
        pjwt_why_set(why, "schema version %" PRId64 " cannot be", *version);
        return PJWT_SAY(STORE_DAMAGED);
    }
    if (*version > PJWT_SCHEMA_VERSION) {
        pjwt_why_set(why,
                     "schema version %" PRId64 ", this pam_jwt knows up to %d: install the "
                     "newer pam_jwt again",
                     *version, PJWT_SCHEMA_VERSION);
        return PJWT_SAY(STORE_SCHEMA);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_schema_check_old(struct pjwt_store *store, struct pjwt_why *why)
{
    int64_t version = 0;

    PJWT_TRY(check_owner(store, why));
    PJWT_TRY(check_not_newer(store, &version, why));
    if (version >= PJWT_SCHEMA_SEALED) {
        pjwt_why_set(why, "schema version %" PRId64 " without checksums cannot be", version);
        return PJWT_SAY(STORE_DAMAGED);
    }
    return PJWT_SAY(OK);
}

/* Without the write-ahead log a commit would not be what we promise. */
static pjwt_verdict
check_wal(struct pjwt_store *store, struct pjwt_why *why)
{
    static const struct pjwt_field mode_field[] = {{0, 16}};
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    char mode[16] = "";
    bool row = false;

    PJWT_TRY(pjwt_db_query(store, "PRAGMA journal_mode", PJWT_NO_ARGS, &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &row));
    if (row) {
        PJWT_TRY(pjwt_db_read(store, stmt, 0, mode_field, 1, mode));
    }
    if (strcmp(mode, "wal") != 0) {
        pjwt_why_set(why, "journal mode %s, not wal", mode);
        return PJWT_SAY(STORE_DAMAGED);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_schema_check(struct pjwt_store *store, struct pjwt_why *why)
{
    int64_t version = 0;

    PJWT_TRY(check_owner(store, why));
    PJWT_TRY(check_not_newer(store, &version, why));
    if (version < PJWT_SCHEMA_READ) {
        pjwt_why_set(why, "schema version %" PRId64 ", not %d: run `pamjwt init`", version,
                     PJWT_SCHEMA_VERSION);
        return PJWT_SAY(STORE_SCHEMA);
    }
    store->version = version;
    return check_wal(store, why);
}

/* A file that nobody has written to yet: new, or left by an init that was killed. */
static pjwt_verdict
look_for_nothing(struct pjwt_store *store, bool *empty)
{
    int64_t application = 0;
    int64_t version = 0;
    int64_t objects = 0;

    PJWT_TRY(pjwt_db_number(store, "PRAGMA application_id", &application));
    PJWT_TRY(pjwt_db_number(store, "PRAGMA user_version", &version));
    PJWT_TRY(pjwt_db_number(store, "SELECT count(*) FROM sqlite_master", &objects));
    *empty = application == 0 && version == 0 && objects == 0;
    return PJWT_SAY(OK);
}

static pjwt_verdict
execute(struct pjwt_store *store, const char *sql)
{
    return pjwt_db_verdict(store->db, sqlite3_exec(store->db, sql, NULL, NULL, NULL));
}

static pjwt_verdict
take_step(struct pjwt_store *store, int64_t version)
{
    char sql[64];

    PJWT_TRY(execute(store, steps[version]));
    (void)snprintf(sql, sizeof(sql), "PRAGMA user_version=%" PRId64, version + 1);
    return execute(store, sql);
}

static pjwt_verdict
take_steps(struct pjwt_store *store, struct pjwt_why *why)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    int64_t version = 0;

    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(check_not_newer(store, &version, why));
    for (; version < PJWT_SCHEMA_VERSION; version++) {
        PJWT_TRY(take_step(store, version));
    }
    return pjwt_change_commit(&change);
}

pjwt_verdict
pjwt_schema_bring_forward(struct pjwt_store *store, struct pjwt_why *why)
{
    bool empty = false;

    PJWT_TRY(look_for_nothing(store, &empty));
    if (!empty) {
        PJWT_TRY(check_owner(store, why));
    }
    PJWT_TRY(execute(store, "PRAGMA journal_mode=WAL"));
    PJWT_TRY(take_steps(store, why));
    return pjwt_schema_check(store, why);
}
