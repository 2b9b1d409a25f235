#include "lib/store/revocations.h"

#include "lib/store/change.h"
#include "lib/store/db.h"
#include "lib/store/revocation_kind.h"
#include "lib/store/revocation_list.h"

#include <stdio.h>
#include <string.h>

#define BY_MAX sizeof(((struct pjwt_revocation *)0)->by)

/* What would not fit a field when it is read again must not be written. */
static bool
fits(const char *text, size_t size)
{
    return strnlen(text, size) < size;
}

/* Never shortened by a second one; 0 is later than any expiry. */
#define PUT                                                                  \
    "INSERT INTO revocations (kind,iss,value,before,created,expires,by,why)" \
    " VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (kind,iss,value) DO UPDATE SET"   \
    " before=max(before,excluded.before), created=excluded.created,"         \
    " expires=CASE WHEN expires=0 OR excluded.expires=0 THEN 0"              \
    " ELSE max(expires,excluded.expires) END,"                               \
    " by=excluded.by, why=excluded.why"
/* What an import brings again changes nothing. */
#define LONGER                         \
    " WHERE excluded.before>before OR" \
    " (expires<>0 AND (excluded.expires=0 OR excluded.expires>expires))"

static pjwt_verdict
put_row(struct pjwt_store *store, const char *sql, const char *kind,
        const struct pjwt_revocation *row)
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
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool more = false;

    PJWT_TRY(pjwt_db_query(store, sql, PJWT_ARGS(pjwt_arg_text(kind)), &stmt));
    PJWT_TRY(pjwt_db_bind(store, stmt, 2, fields, PJWT_COUNT(fields), row));
    return pjwt_db_step(store, stmt, &more);
}

static pjwt_verdict
mark_tickets(struct pjwt_store *store, const struct pjwt_revocation_kind *kind,
             const struct pjwt_revocation *row, long *count)
{
    return pjwt_db_run(store, kind->marks,
                       PJWT_ARGS(pjwt_arg_number(row->created), pjwt_arg_text(row->by),
                                 pjwt_arg_text(row->why), pjwt_arg_text(row->iss),
                                 pjwt_arg_text(row->value), pjwt_arg_number(row->before),
                                 pjwt_arg_number(row->leeway)),
                       count);
}

pjwt_verdict
pjwt_revocation_add(struct pjwt_store *store, const struct pjwt_revocation *row, long *tickets)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    const struct pjwt_revocation_kind *kind = pjwt_revocation_kind(row->kind);
    char act[PJWT_AUDIT_ACT];
    char object[PJWT_AUDIT_OBJECT];
    long count = 0;

    if (kind == NULL) {
        return PJWT_SAY(INTERNAL);
    }
    (void)snprintf(act, sizeof(act), "revoke %s", kind->name);
    (void)snprintf(object, sizeof(object), "%s%s%s", row->iss,
                   row->iss[0] != '\0' && row->value[0] != '\0' ? " " : "", row->value);
    PJWT_TRY(pjwt_change_begin_as(&change, store, PJWT_CHANGE_REVOKE));
    PJWT_TRY(put_row(store, PUT, kind->name, row));
    PJWT_TRY(mark_tickets(store, kind, row, &count));
    PJWT_TRY(pjwt_audit_put(&change, act, object, row->why));
    PJWT_TRY(pjwt_change_commit(&change));
    if (tickets != NULL) {
        *tickets = count;
    }
    return PJWT_SAY(OK);
}

/* A block without an end is the longest. */
static pjwt_verdict
import_block(struct pjwt_store *store, const struct pjwt_revocation *row, long *changed)
{
    return pjwt_db_run(store,
                       "INSERT INTO blocks (user,created,until,by,why) VALUES (?,?,?,?,?)"
                       " ON CONFLICT (user) DO UPDATE SET until=excluded.until,"
                       " created=excluded.created, by=excluded.by, why=excluded.why"
                       " WHERE until<>0 AND (excluded.until=0 OR excluded.until>until)",
                       PJWT_ARGS(pjwt_arg_text(row->value), pjwt_arg_number(row->created),
                                 pjwt_arg_number(row->expires), pjwt_arg_text(row->by),
                                 pjwt_arg_text(row->why)),
                       changed);
}

static pjwt_verdict
import_row(struct pjwt_store *store, const struct pjwt_revoked *item,
           struct pjwt_imported *done)
{
    const struct pjwt_revocation_kind *kind = pjwt_revocation_kind(item->row.kind);
    long changed = 0;
    long tickets = 0;

    if (strcmp(item->kind, "block") == 0) {
        PJWT_TRY(import_block(store, &item->row, &changed));
    } else if (kind != NULL && strcmp(item->kind, kind->name) == 0) {
        PJWT_TRY(put_row(store, PUT LONGER, kind->name, &item->row));
        changed = sqlite3_changes(store->db);
        PJWT_TRY(mark_tickets(store, kind, &item->row, &tickets));
    } else {
        return PJWT_SAY(INTERNAL);
    }
    done->changed += changed;
    done->tickets += tickets;
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_revocation_import(struct pjwt_store *store, const struct pjwt_revoked *rows, size_t count,
                       struct pjwt_imported *done)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    struct pjwt_imported now = *done;
    char object[PJWT_AUDIT_OBJECT];

    PJWT_TRY(pjwt_change_begin_as(&change, store, PJWT_CHANGE_REVOKE));
    for (size_t i = 0; i < count; i++) {
        PJWT_TRY(import_row(store, &rows[i], &now));
    }
    (void)snprintf(object, sizeof(object), "%ld new rows", now.changed - done->changed);
    if (now.changed > done->changed || now.tickets > done->tickets) {
        PJWT_TRY(pjwt_audit_put(&change, "revoke import", object, ""));
    }
    PJWT_TRY(pjwt_change_commit(&change));
    *done = now;
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
    PJWT_TRY(pjwt_audit_put(&change, "revoke ticket", id, why));
    return pjwt_change_commit(&change);
}
