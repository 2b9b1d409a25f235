#include "lib/store/integrity.h"

#include "lib/store/db.h"
#include "lib/store/vfs.h"

#include <string.h>

/* The first fault that it names; "ok" when there is none. */
static pjwt_verdict
first_line(sqlite3 *db, struct pjwt_why *line)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    const unsigned char *text = NULL;
    int rc = sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &stmt, NULL);

    if (rc == SQLITE_OK) {
        rc = sqlite3_step(stmt);
    }
    if (rc == SQLITE_ROW) {
        text = sqlite3_column_text(stmt, 0);
        pjwt_why_set(line, "%s", text == NULL ? "?" : (const char *)text);
    }
    return pjwt_db_verdict(db, rc);
}

/* A row for each table: a statement that gives a row where a column holds another type than the
 * table says. */
static const char type_checks[] =
    "SELECT 'SELECT '||quote(t.name)||' FROM \"'||t.name||'\" WHERE '"
    "||group_concat('typeof(\"'||c.name||'\")<>'||quote(lower(c.type))"
    "||iif(c.\"notnull\",'',' AND \"'||c.name||'\" IS NOT NULL'),' OR ')||' LIMIT 1'"
    " FROM sqlite_master t, pragma_table_info(t.name) c"
    " WHERE t.type='table' AND c.type<>'' GROUP BY t.name";

/* `check` gives no row, or the name of its table. */
static pjwt_verdict
run_type_check(sqlite3 *db, const char *check, struct pjwt_why *why)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db, check, -1, &stmt, NULL);

    if (rc == SQLITE_OK) {
        rc = sqlite3_step(stmt);
    }
    if (rc == SQLITE_ROW) {
        pjwt_why_set(why, "a row of %s holds another type than its column",
                     (const char *)sqlite3_column_text(stmt, 0));
        return PJWT_SAY(STORE_DAMAGED);
    }
    return pjwt_db_verdict(db, rc);
}

static pjwt_verdict
check_types(sqlite3 *db, struct pjwt_why *why)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db, type_checks, -1, &stmt, NULL);

    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        rc = sqlite3_step(stmt);
        if (rc == SQLITE_ROW) {
            const char *check = (const char *)sqlite3_column_text(stmt, 0);

            PJWT_TRY(check == NULL ? PJWT_SAY(NO_MEMORY) : run_type_check(db, check, why));
        }
    }
    return pjwt_db_verdict(db, rc);
}

static pjwt_verdict
check_pages(sqlite3 *db, struct pjwt_why *why)
{
    const struct pjwt_seen *seen = pjwt_vfs_seen(db);
    struct pjwt_why line = {""};
    pjwt_verdict v = first_line(db, &line);

    if (seen != NULL && seen->damage.text[0] != '\0') {
        *why = seen->damage;
        return PJWT_SAY(STORE_DAMAGED);
    }
    if (pjwt_ok(v) && strcmp(line.text, "ok") == 0) {
        return v;
    }
    *why = line;
    if (!pjwt_ok(v)) {
        pjwt_why_set(why, "%s", sqlite3_errmsg(db));
        return v;
    }
    return PJWT_SAY(STORE_DAMAGED);
}

pjwt_verdict
pjwt_integrity(sqlite3 *db, struct pjwt_why *why)
{
    PJWT_TRY(check_pages(db, why));
    return check_types(db, why);
}
