#include "lib/store/revocations.h"

#include "lib/store/change.h"
#include "lib/store/db.h"
#include "lib/store/revocation_kind.h"

#include <string.h>

#define BY_MAX sizeof(((struct pjwt_revocation *)0)->by)

/* What would not fit a field when it is read again must not be written. */
static bool
fits(const char *text, size_t size)
{
    return strnlen(text, size) < size;
}

static pjwt_verdict
put_row(struct pjwt_store *store, const char *kind, const struct pjwt_revocation *row)
{
    static const struct pjwt_field fields[] = {
        PJWT_TEXT_FIELD(struct pjwt_revocation, iss),
        PJWT_TEXT_FIELD(struct pjwt_revocation, value),
        PJWT_NUMBER_FIELD(struct pjwt_revocation, before),
        PJWT_NUMBER_FIELD(struct pjwt_revocation, created),
        PJWT_NUMBER_FIELD(struct pjwt_revocation, expires),
        PJWT_TEXT_FIELD(struct pjwt_revocation, by),
        PJWT_TEXT_FIELD(struct pjwt_revocation, why),
    };
    /* Never shortened by a second one; 0 is later than any expiry. */
    static const char sql[] =
        "INSERT INTO revocations (kind,iss,value,before,created,expires,by,why)"
        " VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (kind,iss,value) DO UPDATE SET"
        " before=max(before,excluded.before), created=excluded.created,"
        " expires=CASE WHEN expires=0 OR excluded.expires=0 THEN 0"
        " ELSE max(expires,excluded.expires) END,"
        " by=excluded.by, why=excluded.why";
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool more = false;

    PJWT_TRY(pjwt_db_query(store, sql, PJWT_ARGS(pjwt_arg_text(kind)), &stmt));
    PJWT_TRY(pjwt_db_bind(store, stmt, 2, fields, PJWT_COUNT(fields), row));
    return pjwt_db_step(store, stmt, &more);
}

/* Marked one by one, so that a ticket of the same second issued afterwards is good. */
static pjwt_verdict
mark_tickets(struct pjwt_store *store, const struct pjwt_revocation *row, long *count)
{
    return pjwt_db_run(store,
                       "UPDATE tickets SET revoked_at=?, revoked_by=?, revoked_why=?"
                       " WHERE user=? AND created<=? AND revoked_at=0",
                       PJWT_ARGS(pjwt_arg_number(row->created), pjwt_arg_text(row->by),
                                 pjwt_arg_text(row->why), pjwt_arg_text(row->value),
                                 pjwt_arg_number(row->before)),
                       count);
}

pjwt_verdict
pjwt_revocation_add(struct pjwt_store *store, const struct pjwt_revocation *row, long *tickets)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    const struct pjwt_revocation_kind *kind = pjwt_revocation_kind(row->kind);
    long count = 0;

    if (kind == NULL) {
        return PJWT_SAY(INTERNAL);
    }
    PJWT_TRY(pjwt_change_begin_as(&change, store, PJWT_CHANGE_REVOKE));
    PJWT_TRY(put_row(store, kind->name, row));
    if (row->kind == PJWT_REVOKE_USER) {
        PJWT_TRY(mark_tickets(store, row, &count));
    }
    PJWT_TRY(pjwt_change_commit(&change));
    if (tickets != NULL) {
        *tickets = count;
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_revocation_ticket(struct pjwt_store *store, const char *id, int64_t now, const char *by,
                       const char *why)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    struct pjwt_ticket row = {0};

    if (now <= 0 || !fits(by, BY_MAX) || !fits(why, PJWT_NOTE_MAX)) {
        return PJWT_SAY(INTERNAL);
    }
    PJWT_TRY(pjwt_change_begin_as(&change, store, PJWT_CHANGE_REVOKE));
    PJWT_TRY(pjwt_ticket_get(store, id, &row));
    PJWT_TRY(pjwt_db_run(store,
                         "UPDATE tickets SET revoked_at=?, revoked_by=?, revoked_why=?"
                         " WHERE id=? AND revoked_at=0",
                         PJWT_ARGS(pjwt_arg_number(now), pjwt_arg_text(by), pjwt_arg_text(why),
                                   pjwt_arg_text(id)),
                         NULL));
    return pjwt_change_commit(&change);
}

pjwt_verdict
pjwt_block_add(struct pjwt_store *store, const char *user, int64_t now, int64_t until,
               const char *by, const char *why)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

    if (!fits(user, PJWT_USER_MAX) || !fits(by, BY_MAX) || !fits(why, PJWT_NOTE_MAX)) {
        return PJWT_SAY(INTERNAL);
    }
    PJWT_TRY(pjwt_change_begin_as(&change, store, PJWT_CHANGE_REVOKE));
    PJWT_TRY(
        pjwt_db_run(store,
                    "INSERT INTO blocks (user,created,until,by,why) VALUES (?,?,?,?,?)"
                    " ON CONFLICT (user) DO UPDATE SET created=excluded.created,"
                    " until=excluded.until, by=excluded.by, why=excluded.why",
                    PJWT_ARGS(pjwt_arg_text(user), pjwt_arg_number(now), pjwt_arg_number(until),
                              pjwt_arg_text(by), pjwt_arg_text(why)),
                    NULL));
    return pjwt_change_commit(&change);
}

pjwt_verdict
pjwt_block_remove(struct pjwt_store *store, const char *user)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    long removed = 0;

    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(pjwt_db_run(store, "DELETE FROM blocks WHERE user=?",
                         PJWT_ARGS(pjwt_arg_text(user)), &removed));
    if (removed == 0) {
        return PJWT_SAY(NOT_FOUND);
    }
    return pjwt_change_commit(&change);
}
