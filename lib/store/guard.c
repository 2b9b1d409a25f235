#include "lib/store/guard.h"

#include <inttypes.h>
#include <string.h>

pjwt_verdict
pjwt_guard_row(struct pjwt_store *store, struct pjwt_guard *row)
{
    static const struct pjwt_field number[] = {PJWT_NUMBER_FIELD(struct pjwt_guard, number)};
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool found = false;

    PJWT_TRY(pjwt_db_query(store, "SELECT number,store FROM guard WHERE one=1", PJWT_NO_ARGS,
                           &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &found));
    if (!found) {
        return PJWT_SAY(STORE_DAMAGED);
    }
    PJWT_TRY(pjwt_db_read(store, stmt, 0, number, 1, row));
    return pjwt_db_blob(store, stmt, 1, row->store, sizeof(row->store));
}

pjwt_verdict
pjwt_guard_set_row(struct pjwt_store *store, const struct pjwt_guard *row)
{
    return pjwt_db_run(
        store, "INSERT OR REPLACE INTO guard (one,number,store) VALUES (1,?,?)",
        PJWT_ARGS(pjwt_arg_number(row->number), pjwt_arg_blob(row->store, sizeof(row->store))),
        NULL);
}

pjwt_verdict
pjwt_guard_check(struct pjwt_store *store, const struct pjwt_guard *guard,
                 struct pjwt_guard *row, struct pjwt_why *why)
{
    PJWT_TRY(pjwt_guard_row(store, row));
    if (memcmp(row->store, guard->store, sizeof(row->store)) != 0) {
        pjwt_why_set(why, "it is not the session file that %s belongs to", PJWT_GUARD_FILE);
        return PJWT_SAY(STORE_BEHIND);
    }
    if (row->number < guard->number) {
        pjwt_why_set(why, "it ends with commit %" PRId64 ", and %" PRId64 " was acknowledged",
                     row->number, guard->number);
        return PJWT_SAY(STORE_BEHIND);
    }
    return PJWT_SAY(OK);
}
