/* Which revocations stand, whatever the credential? Another reading half of revocations.h. */
#include "lib/store/db.h"
#include "lib/store/revocation_kind.h"
#include "lib/store/revocations.h"

#include <string.h>

#define KIND_BYTES 16 /* of a kind's name, with the NUL */

struct row {
    char kind[KIND_BYTES];
    struct pjwt_revocation revocation;
};

static const struct pjwt_field fields[] = {
    PJWT_TEXT_FIELD(struct row, kind),
    PJWT_TEXT_FIELD(struct row, revocation.iss),
    PJWT_TEXT_FIELD(struct row, revocation.value),
    PJWT_NUMBER_FIELD(struct row, revocation.before),
    PJWT_NUMBER_FIELD(struct row, revocation.created),
    PJWT_NUMBER_FIELD(struct row, revocation.expires),
    PJWT_TEXT_FIELD(struct row, revocation.by),
    PJWT_TEXT_FIELD(struct row, revocation.why),
};

static bool
set_kind(struct row *row)
{
    static const enum pjwt_revoke kinds[] = {PJWT_REVOKE_USER, PJWT_REVOKE_ISSUER,
                                             PJWT_REVOKE_KEY};

    for (size_t i = 0; i < PJWT_COUNT(kinds); i++) {
        if (strcmp(pjwt_revocation_kind(kinds[i])->name, row->kind) == 0) {
            row->revocation.kind = kinds[i];
            return true;
        }
    }
    return false;
}

pjwt_verdict
pjwt_revocation_standing(struct pjwt_store *store, const char *user, int64_t now,
                         pjwt_revocation_each_fn *each, void *context)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    struct row row = {0};
    bool more = false;

    PJWT_TRY(pjwt_db_query(
        store,
        "SELECT kind,iss,value,before,created,expires,by,why FROM revocations"
        " WHERE ((kind='user' AND iss='' AND value=?) OR kind='issuer' OR kind='key')"
        " AND (expires=0 OR expires>?) ORDER BY kind DESC, iss, value",
        PJWT_ARGS(pjwt_arg_text(user), pjwt_arg_number(now)), &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &more));
    while (more) {
        PJWT_TRY(pjwt_db_read(store, stmt, 0, fields, PJWT_COUNT(fields), &row));
        if (!set_kind(&row)) {
            return PJWT_SAY(STORE_DAMAGED);
        }
        if (!each(context, &row.revocation)) {
            return PJWT_SAY(OK);
        }
        PJWT_TRY(pjwt_db_step(store, stmt, &more));
    }
    return PJWT_SAY(OK);
}
