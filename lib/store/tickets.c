#include "lib/store/tickets.h"

#include "lib/store/change.h"
#include "lib/store/replay.h"
#include "lib/store/revocations.h"
#include "lib/store/schema.h"
#include "lib/store/ticket_row.h"

#include <stdio.h>
#include <string.h>

static pjwt_verdict
put(struct pjwt_change *change, const char *act, const struct pjwt_ticket *row,
    const unsigned char *hash)
{
    char object[PJWT_AUDIT_OBJECT];

    PJWT_TRY(pjwt_ticket_row_insert(change->store, row, hash));
    (void)snprintf(object, sizeof(object), "%s %s", row->id, row->user);
    return pjwt_audit_put(change, act, object, row->note);
}

static pjwt_verdict
insert(struct pjwt_store *store, const struct pjwt_ticket *row, const unsigned char *hash)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(put(&change, "ticket issue", row, hash));
    return pjwt_change_commit(&change);
}

/* Nobody is born used, spent or revoked. */
static pjwt_verdict
make(struct pjwt_ticket *row, struct pjwt_ticket_text *parts, struct pjwt_secret **text)
{
    PJWT_TRY(pjwt_ticket_make(text, parts));
    memcpy(row->id, parts->id, sizeof(row->id));
    row->lifetime = row->expires - row->created;
    row->renewable_until = row->one_time != 0 ? 0 : row->renewable_until;
    row->last_used = 0;
    row->spent_at = 0;
    row->revoked_at = 0;
    row->revoked_by[0] = '\0';
    row->revoked_why[0] = '\0';
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_ticket_issue(struct pjwt_store *store, struct pjwt_ticket *row, struct pjwt_secret **text)
{
    PJWT_AUTO(secret) struct pjwt_secret *made = NULL;
    struct pjwt_ticket_text parts = {0};
    struct pjwt_ticket issued = *row;

    PJWT_TRY(make(&issued, &parts, &made));
    PJWT_TRY(insert(store, &issued, parts.hash));
    *row = issued;
    *text = pjwt_take(made);
    return PJWT_SAY(OK);
}

/* It may have stood in line behind a revocation that has returned meanwhile, and whose author
 * was told that nothing is left. */
static pjwt_verdict
insert_exchanged(struct pjwt_store *store, const struct pjwt_ticket *row,
                 const unsigned char *hash, const struct pjwt_grant *from,
                 struct pjwt_report *report)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

    PJWT_TRY(pjwt_change_begin_as(&change, store, PJWT_CHANGE_SPEND));
    PJWT_TRY(pjwt_replay_spend(store, from, row->created));
    PJWT_TRY(pjwt_revocation_check(store, from, row->created, report));
    PJWT_TRY(put(&change, "ticket exchange", row, hash));
    return pjwt_change_commit(&change);
}

static void
copy_origin(struct pjwt_ticket *row, const struct pjwt_grant *from)
{
    memcpy(row->user, from->user, sizeof(row->user));
    memcpy(row->iss, from->iss, sizeof(row->iss));
    memcpy(row->sub, from->sub, sizeof(row->sub));
    memcpy(row->jti, from->jti, sizeof(row->jti));
    memcpy(row->kid, from->kid, sizeof(row->kid));
    row->iat = from->iat;
    row->auth_time = from->auth_time;
}

pjwt_verdict
pjwt_ticket_exchange(struct pjwt_store *store, struct pjwt_ticket *row,
                     const struct pjwt_grant *from, struct pjwt_secret **text,
                     struct pjwt_report *report)
{
    PJWT_AUTO(secret) struct pjwt_secret *made = NULL;
    struct pjwt_ticket_text parts = {0};
    struct pjwt_ticket exchanged = *row;

    copy_origin(&exchanged, from);
    PJWT_TRY(make(&exchanged, &parts, &made));
    PJWT_TRY(insert_exchanged(store, &exchanged, parts.hash, from, report));
    *row = exchanged;
    *text = pjwt_take(made);
    return PJWT_SAY(OK);
}

/* Revoked while the session opened: then whoever revoked it did not see this one. */
static pjwt_verdict
insert_for_login(struct pjwt_store *store, const struct pjwt_ticket *row,
                 const unsigned char *hash, const char *login, const struct pjwt_grant *from,
                 struct pjwt_report *report)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(pjwt_revocation_check(store, from, row->created, report));
    PJWT_TRY(put(&change, "ticket login", row, hash));
    PJWT_TRY(pjwt_db_run(store, "UPDATE tickets SET login=? WHERE id=?",
                         PJWT_ARGS(pjwt_arg_text(login), pjwt_arg_text(row->id)), NULL));
    return pjwt_change_commit(&change);
}

pjwt_verdict
pjwt_ticket_for_login(struct pjwt_store *store, struct pjwt_ticket *row, const char *login,
                      const struct pjwt_grant *from, struct pjwt_secret **text,
                      struct pjwt_report *report)
{
    PJWT_AUTO(secret) struct pjwt_secret *made = NULL;
    struct pjwt_ticket_text parts = {0};
    struct pjwt_ticket minted = *row;

    if (store->version < PJWT_SCHEMA_LOGIN) {
        return PJWT_SAY(NOT_FOUND);
    }
    copy_origin(&minted, from);
    minted.renewable_until = 0;
    PJWT_TRY(make(&minted, &parts, &made));
    PJWT_TRY(insert_for_login(store, &minted, parts.hash, login, from, report));
    *row = minted;
    *text = pjwt_take(made);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_ticket_login(struct pjwt_store *store, const char *id, char login[PJWT_TICKET_LOGIN_SIZE])
{
    static const struct pjwt_field field[] = {{0, PJWT_TICKET_LOGIN_SIZE}};
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool found = false;

    login[0] = '\0';
    if (store->version < PJWT_SCHEMA_LOGIN) {
        return PJWT_SAY(OK);
    }
    PJWT_TRY(pjwt_db_query(store, "SELECT login FROM tickets WHERE id=?",
                           PJWT_ARGS(pjwt_arg_text(id)), &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &found));
    return found ? pjwt_db_read(store, stmt, 0, field, 1, login) : PJWT_SAY(OK);
}

pjwt_verdict
pjwt_ticket_get(struct pjwt_store *store, const char *id, struct pjwt_ticket *row)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    struct pjwt_ticket read = {0};
    bool found = false;

    PJWT_TRY(pjwt_db_query(store, "SELECT " PJWT_TICKET_COLUMNS " FROM tickets WHERE id=?",
                           PJWT_ARGS(pjwt_arg_text(id)), &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &found));
    if (!found) {
        return PJWT_SAY(NOT_FOUND);
    }
    PJWT_TRY(pjwt_ticket_row_read(store, stmt, 0, &read));
    *row = read;
    return PJWT_SAY(OK);
}

/* By the index on the user, or on the creation: nothing is sorted, however many there are. */
static pjwt_verdict
query_list(struct pjwt_store *store, const char *user, sqlite3_stmt **stmt)
{
    if (user == NULL) {
        return pjwt_db_query(store,
                             "SELECT " PJWT_TICKET_COLUMNS " FROM tickets ORDER BY created,id",
                             PJWT_NO_ARGS, stmt);
    }
    return pjwt_db_query(
        store, "SELECT " PJWT_TICKET_COLUMNS " FROM tickets WHERE user=? ORDER BY created,id",
        PJWT_ARGS(pjwt_arg_text(user)), stmt);
}

static bool
ends_by(const struct pjwt_ticket *row, int64_t now, int64_t by)
{
    return row->revoked_at == 0 && row->spent_at == 0 && row->expires > now &&
           row->expires <= by;
}

static bool
passes(const struct pjwt_ticket_filter *filter, const struct pjwt_ticket *row)
{
    return (filter->service == NULL || pjwt_ticket_lists(row, filter->service)) &&
           (filter->iss == NULL || strcmp(row->iss, filter->iss) == 0) &&
           (filter->expiring_by == 0 || ends_by(row, filter->now, filter->expiring_by)) &&
           (filter->unused_since == 0 || pjwt_ticket_used(row) <= filter->unused_since);
}

pjwt_verdict
pjwt_ticket_list(struct pjwt_store *store, const struct pjwt_ticket_filter *filter,
                 pjwt_ticket_each_fn *each, void *context)
{
    static const struct pjwt_ticket_filter all = {0};
    const struct pjwt_ticket_filter *wanted = filter == NULL ? &all : filter;
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    struct pjwt_ticket row = {0};
    bool more = true;

    PJWT_TRY(query_list(store, wanted->user, &stmt));
    while (more) {
        PJWT_TRY(pjwt_db_step(store, stmt, &more));
        if (more) {
            PJWT_TRY(pjwt_ticket_row_read(store, stmt, 0, &row));
            more = !passes(wanted, &row) || each(context, &row);
        }
    }
    return PJWT_SAY(OK);
}
