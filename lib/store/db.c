#include "lib/store/db.h"

#include <errno.h>
#include <string.h>

struct pjwt_arg
pjwt_arg_text(const char *text)
{
    return (struct pjwt_arg){.bytes = text, .len = strlen(text), .text = true};
}

struct pjwt_arg
pjwt_arg_blob(const void *bytes, size_t len)
{
    return (struct pjwt_arg){.bytes = bytes, .len = len};
}

struct pjwt_arg
pjwt_arg_number(int64_t number)
{
    return (struct pjwt_arg){.number = number};
}

/* An input or output error, told apart: a full disk can come as one. */
static pjwt_verdict
io_verdict(sqlite3 *db, int rc)
{
    int number = db == NULL ? 0 : sqlite3_system_errno(db);

    if (rc == SQLITE_IOERR_NOMEM) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (rc == SQLITE_IOERR_SHORT_READ || rc == SQLITE_IOERR_CORRUPTFS ||
        rc == SQLITE_IOERR_DATA) { /* the last one comes from our own VFS */
        return PJWT_SAY(STORE_DAMAGED);
    }
    if (rc == SQLITE_IOERR_SHMSIZE ||
        (rc == SQLITE_IOERR_WRITE &&
         (number == ENOSPC || number == EDQUOT || number == EFBIG))) {
        return PJWT_SAY(STORE_FULL);
    }
    return PJWT_SAY(STORE_UNREAD);
}

static pjwt_verdict
constraint_verdict(int rc)
{
    if (rc == SQLITE_CONSTRAINT_PRIMARYKEY || rc == SQLITE_CONSTRAINT_UNIQUE) {
        return PJWT_SAY(STORE_CONFLICT);
    }
    return PJWT_SAY(INTERNAL); /* we were about to write what no row may hold */
}

pjwt_verdict
pjwt_db_verdict(sqlite3 *db, int rc)
{
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return PJWT_SAY(OK);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return PJWT_SAY(STORE_BUSY);
    case SQLITE_FULL:
        return PJWT_SAY(STORE_FULL);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_TOOBIG: /* longer than anything that we write */
    case SQLITE_ERROR:  /* our statements are constant: it is the schema that does not fit */
        return PJWT_SAY(STORE_DAMAGED);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
        return PJWT_SAY(STORE_UNREAD);
    case SQLITE_IOERR:
        return io_verdict(db, rc);
    case SQLITE_NOMEM:
        return PJWT_SAY(NO_MEMORY);
    case SQLITE_CONSTRAINT:
        return constraint_verdict(rc);
    default:
        return PJWT_SAY(INTERNAL);
    }
}

static int
bind_one(sqlite3_stmt *stmt, int at, const struct pjwt_arg *arg)
{
    if (arg->bytes == NULL) {
        return sqlite3_bind_int64(stmt, at, arg->number);
    }
    if (arg->text) {
        return sqlite3_bind_text64(stmt, at, arg->bytes, arg->len, SQLITE_STATIC, SQLITE_UTF8);
    }
    return sqlite3_bind_blob64(stmt, at, arg->bytes, arg->len, SQLITE_STATIC);
}

void
pjwt_db_close(sqlite3 *db)
{
    sqlite3_stmt *stmt = db == NULL ? NULL : sqlite3_next_stmt(db, NULL);

    for (; stmt != NULL; stmt = sqlite3_next_stmt(db, NULL)) {
        (void)sqlite3_finalize(stmt);
    }
    (void)sqlite3_close_v2(db);
}

void
pjwt_db_done(sqlite3_stmt *stmt)
{
    (void)sqlite3_reset(stmt); /* what it answers was the last step's answer */
    (void)sqlite3_clear_bindings(stmt);
}

/* One of the same text that nobody uses now, or a new one. */
static int
find_statement(sqlite3 *db, const char *sql, sqlite3_stmt **stmt)
{
    for (sqlite3_stmt *s = sqlite3_next_stmt(db, NULL); s != NULL;
         s = sqlite3_next_stmt(db, s)) {
        if (sqlite3_stmt_busy(s) == 0 && strcmp(sqlite3_sql(s), sql) == 0) {
            *stmt = s;
            return SQLITE_OK;
        }
    }
    return sqlite3_prepare_v2(db, sql, -1, stmt, NULL);
}

pjwt_verdict
pjwt_db_query(struct pjwt_store *store, const char *sql, const struct pjwt_arg *args,
              size_t count, sqlite3_stmt **stmt)
{
    PJWT_AUTO(stmt) sqlite3_stmt *made = NULL;
    int rc = find_statement(store->db, sql, &made);

    for (size_t i = 0; i < count && rc == SQLITE_OK; i++) {
        rc = bind_one(made, (int)i + 1, &args[i]);
    }
    PJWT_TRY(pjwt_db_verdict(store->db, rc));
    *stmt = pjwt_take(made);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_db_bind(struct pjwt_store *store, sqlite3_stmt *stmt, int first,
             const struct pjwt_field *fields, size_t count, const void *base)
{
    int rc = SQLITE_OK;

    for (size_t i = 0; i < count && rc == SQLITE_OK; i++) {
        const char *member = (const char *)base + fields[i].offset;
        struct pjwt_arg arg = {0};

        if (fields[i].size > 0) {
            arg = pjwt_arg_text(member);
        } else {
            memcpy(&arg.number, member, sizeof(arg.number));
        }
        rc = bind_one(stmt, first + (int)i, &arg);
    }
    return pjwt_db_verdict(store->db, rc);
}

pjwt_verdict
pjwt_db_step(struct pjwt_store *store, sqlite3_stmt *stmt, bool *row)
{
    int rc = sqlite3_step(stmt);

    *row = rc == SQLITE_ROW;
    return pjwt_db_verdict(store->db, rc);
}

pjwt_verdict
pjwt_db_run(struct pjwt_store *store, const char *sql, const struct pjwt_arg *args,
            size_t count, long *changes)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool row = false;

    PJWT_TRY(pjwt_db_query(store, sql, args, count, &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &row));
    if (changes != NULL) {
        *changes = sqlite3_changes(store->db);
    }
    return row ? PJWT_SAY(INTERNAL) : PJWT_SAY(OK);
}

pjwt_verdict
pjwt_db_number(struct pjwt_store *store, const char *sql, int64_t *value)
{
    static const struct pjwt_field number[] = {{0, 0}};
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool row = false;

    PJWT_TRY(pjwt_db_query(store, sql, PJWT_NO_ARGS, &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &row));
    return row ? pjwt_db_read(store, stmt, 0, number, 1, value) : PJWT_SAY(OK);
}

static pjwt_verdict
read_text(struct pjwt_store *store, sqlite3_stmt *stmt, int column, char *out, size_t size)
{
    const unsigned char *text = NULL;
    size_t len = 0;

    if (sqlite3_column_type(stmt, column) != SQLITE_TEXT) {
        return PJWT_SAY(STORE_DAMAGED);
    }
    text = sqlite3_column_text(stmt, column);
    if (text == NULL) {
        return pjwt_db_verdict(store->db, SQLITE_NOMEM);
    }
    len = (size_t)sqlite3_column_bytes(stmt, column);
    if (len >= size || memchr(text, '\0', len) != NULL) {
        return PJWT_SAY(STORE_DAMAGED);
    }
    memcpy(out, text, len);
    out[len] = '\0';
    return PJWT_SAY(OK);
}

static pjwt_verdict
read_number(sqlite3_stmt *stmt, int column, void *out)
{
    int64_t number = sqlite3_column_int64(stmt, column);

    if (sqlite3_column_type(stmt, column) != SQLITE_INTEGER) {
        return PJWT_SAY(STORE_DAMAGED);
    }
    memcpy(out, &number, sizeof(number));
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_db_read(struct pjwt_store *store, sqlite3_stmt *stmt, int first,
             const struct pjwt_field *fields, size_t count, void *base)
{
    for (size_t i = 0; i < count; i++) {
        char *member = (char *)base + fields[i].offset;
        int column = first + (int)i;

        PJWT_TRY(fields[i].size > 0 ? read_text(store, stmt, column, member, fields[i].size)
                                    : read_number(stmt, column, member));
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_db_blob(struct pjwt_store *store, sqlite3_stmt *stmt, int column, void *out, size_t len)
{
    const void *bytes = NULL;

    if (sqlite3_column_type(stmt, column) != SQLITE_BLOB ||
        (size_t)sqlite3_column_bytes(stmt, column) != len) {
        return PJWT_SAY(STORE_DAMAGED);
    }
    bytes = sqlite3_column_blob(stmt, column);
    if (bytes == NULL) {
        return pjwt_db_verdict(store->db, SQLITE_NOMEM);
    }
    memcpy(out, bytes, len);
    return PJWT_SAY(OK);
}
