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

pjwt_verdict
pjwt_integrity(sqlite3 *db, struct pjwt_why *why)
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
