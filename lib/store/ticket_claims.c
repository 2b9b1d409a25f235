/* What did the token say that a ticket was exchanged from? */
#include "lib/store/ticket_claims.h"

#include "lib/store/db.h"

#include <string.h>

struct saved {
    char text[PJWT_CLAIMS_MAX];
};

static const struct pjwt_field fields[] = {PJWT_TEXT_FIELD(struct saved, text)};

pjwt_verdict
pjwt_ticket_claims(struct pjwt_store *store, const char *id, json_t **claims)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    struct saved saved = {""};
    bool found = false;
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_TRY(pjwt_db_query(store, "SELECT claims FROM tickets WHERE id=?",
                           PJWT_ARGS(pjwt_arg_text(id)), &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &found));
    if (!found) {
        return PJWT_SAY(NOT_FOUND);
    }
    if (sqlite3_column_type(stmt, 0) == SQLITE_NULL) {
        *claims = NULL;
        return PJWT_SAY(OK);
    }
    PJWT_TRY(pjwt_db_read(store, stmt, 0, fields, PJWT_COUNT(fields), &saved));
    v = pjwt_json_object(saved.text, strlen(saved.text), claims);
    return v.reason == PJWT_JSON ? PJWT_SAY(STORE_DAMAGED) : v;
}
