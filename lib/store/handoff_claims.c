/* What did the token say whose login waits for its session? */
#include "lib/store/handoff_claims.h"

#include "lib/store/db.h"
#include "lib/store/handoff_inside.h"
#include "lib/store/schema.h"
#include "lib/store/ticket_claims.h"

#include <string.h>

struct saved {
    char text[PJWT_CLAIMS_MAX];
};

static const struct pjwt_field fields[] = {PJWT_TEXT_FIELD(struct saved, text)};

pjwt_verdict
pjwt_handoff_claims_save(struct pjwt_store *store, const char *id, const char *claims)
{
    unsigned char hash[PJWT_DIGEST_SIZE];

    if (claims == NULL || store->version < PJWT_SCHEMA_LOGIN) {
        return PJWT_SAY(OK);
    }
    if (strlen(claims) >= PJWT_CLAIMS_MAX) {
        return PJWT_SAY(INTERNAL);
    }
    PJWT_TRY(pjwt_handoff_hash(id, hash));
    return pjwt_db_run(store, "UPDATE handoffs SET claims=? WHERE hash=?",
                       PJWT_ARGS(pjwt_arg_text(claims), pjwt_arg_blob(hash, sizeof(hash))),
                       NULL);
}

static pjwt_verdict
read_saved(struct pjwt_store *store, sqlite3_stmt *stmt, char **claims)
{
    struct saved saved = {""};

    if (sqlite3_column_type(stmt, 0) == SQLITE_NULL) {
        return PJWT_SAY(OK);
    }
    PJWT_TRY(pjwt_db_read(store, stmt, 0, fields, PJWT_COUNT(fields), &saved));
    *claims = strdup(saved.text);
    return *claims == NULL ? PJWT_SAY(NO_MEMORY) : PJWT_SAY(OK);
}

pjwt_verdict
pjwt_handoff_claims(struct pjwt_store *store, const char *id, char **claims)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    unsigned char hash[PJWT_DIGEST_SIZE];
    bool found = false;

    *claims = NULL;
    if (store->version < PJWT_SCHEMA_LOGIN ||
        strnlen(id, PJWT_HANDOFF_SIZE) != PJWT_HANDOFF_SIZE - 1) {
        return PJWT_SAY(OK);
    }
    PJWT_TRY(pjwt_handoff_hash(id, hash));
    PJWT_TRY(pjwt_db_query(store, "SELECT claims FROM handoffs WHERE hash=?",
                           PJWT_ARGS(pjwt_arg_blob(hash, sizeof(hash))), &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &found));
    return found ? read_saved(store, stmt, claims) : PJWT_SAY(OK);
}
