/* What does SQLite say, in our words? Statements with bound parameters, bounded columns, one
 * table of results. Inside lib/store alone. */
#ifndef PJWT_STORE_DB_H
#define PJWT_STORE_DB_H

#include "lib/base/own.h"
#include "lib/store/store.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pjwt_store {
    sqlite3 *db;
    int queue;                      /* the lock file, open all along */
    int guard;                      /* the guard file; -1 while a store is being made */
    int dir;                        /* where they lie */
    int64_t version;                /* of its tables */
    int64_t commits;                /* that the guard had counted when it was opened */
    bool went_on;                   /* a change of ours began when there were more */
    int patience;                   /* milliseconds; see lib/store/log.h */
    bool unsynced;                  /* its commits do not wait for the disk */
    const struct pjwt_actor *actor; /* for whom it is changed; borrowed; NULL: a login */
};

/* Releases every statement that was prepared on `db`, and closes it; NULL is allowed. */
void pjwt_db_close(sqlite3 *db);

/* Ends the use of a statement. It stays with its connection, for who asks the same again: to
 * prepare one takes longer than to look something up with it. */
void pjwt_db_done(sqlite3_stmt *stmt);

PJWT_DEFINE_DROP(sqlite, sqlite3, pjwt_db_close)
PJWT_DEFINE_DROP(stmt, sqlite3_stmt, pjwt_db_done)

/* A parameter, borrowed until the statement is dropped. */
struct pjwt_arg {
    const void *bytes; /* NULL: a number */
    size_t len;
    bool text; /* else a blob */
    int64_t number;
};

struct pjwt_arg pjwt_arg_text(const char *text);
struct pjwt_arg pjwt_arg_blob(const void *bytes, size_t len);
struct pjwt_arg pjwt_arg_number(int64_t number);

#define PJWT_ARGS(...)                      \
    (const struct pjwt_arg[]){__VA_ARGS__}, \
        sizeof((const struct pjwt_arg[]){__VA_ARGS__}) / sizeof(struct pjwt_arg)
#define PJWT_NO_ARGS NULL, 0

/* A member of a struct that stands in a column: an array of char with room for a NUL, or an
 * int64_t. */
struct pjwt_field {
    size_t offset;
    size_t size; /* of the array; 0: a number */
};

#define PJWT_TEXT_FIELD(type, member)                       \
    {                                                       \
        offsetof(type, member), sizeof(((type *)0)->member) \
    }
#define PJWT_NUMBER_FIELD(type, member) \
    {                                   \
        offsetof(type, member), 0       \
    }
#define PJWT_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The verdict that an SQLite result code means; `db` (borrowed) knows the errno behind it. */
pjwt_verdict pjwt_db_verdict(sqlite3 *db, int rc) PJWT_MUST_USE;

/* A statement for `sql` (static) with its parameters 1 to `count`. `*stmt` is the caller's
 * until it is dropped; the caller steps it before asking for another one. */
pjwt_verdict pjwt_db_query(struct pjwt_store *store, const char *sql,
                           const struct pjwt_arg *args, size_t count,
                           sqlite3_stmt **stmt) PJWT_MUST_USE;

/* Binds the members of the struct at `base` to the parameters from `first` on. */
pjwt_verdict pjwt_db_bind(struct pjwt_store *store, sqlite3_stmt *stmt, int first,
                          const struct pjwt_field *fields, size_t count,
                          const void *base) PJWT_MUST_USE;

/* The next row, or the end of them. */
pjwt_verdict pjwt_db_step(struct pjwt_store *store, sqlite3_stmt *stmt,
                          bool *row) PJWT_MUST_USE;

/* A statement that gives no rows. `*changes` (may be NULL) counts the rows it changed. */
pjwt_verdict pjwt_db_run(struct pjwt_store *store, const char *sql, const struct pjwt_arg *args,
                         size_t count, long *changes) PJWT_MUST_USE;

/* A statement that gives one number: `*value` is that, or untouched where there is no row. */
pjwt_verdict pjwt_db_number(struct pjwt_store *store, const char *sql,
                            int64_t *value) PJWT_MUST_USE;

/* Fills the members of the struct at `base` from the columns from `first` on. Another type, a
 * NUL inside a text, or a text that is too long is damage: STORE_DAMAGED, nothing is cut. */
pjwt_verdict pjwt_db_read(struct pjwt_store *store, sqlite3_stmt *stmt, int first,
                          const struct pjwt_field *fields, size_t count,
                          void *base) PJWT_MUST_USE;

/* A blob of exactly `len` bytes, or STORE_DAMAGED. */
pjwt_verdict pjwt_db_blob(struct pjwt_store *store, sqlite3_stmt *stmt, int column, void *out,
                          size_t len) PJWT_MUST_USE;

#endif
