#include "lib/store/tickets.h"

#include "lib/store/change.h"
#include "lib/store/db.h"
#include "lib/store/ticket_claims.h"

#include <inttypes.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>

/* The columns of struct pjwt_ticket, in this order. */
#define COLUMNS                                                                      \
    "id,user,services,created,expires,one_time,spent_at,note,revoked_at,revoked_by," \
    "revoked_why,iss,sub,jti,kid,iat,auth_time"

static const struct pjwt_field fields[] = {
    PJWT_TEXT_FIELD(struct pjwt_ticket, id),
    PJWT_TEXT_FIELD(struct pjwt_ticket, user),
    PJWT_TEXT_FIELD(struct pjwt_ticket, services),
    PJWT_NUMBER_FIELD(struct pjwt_ticket, created),
    PJWT_NUMBER_FIELD(struct pjwt_ticket, expires),
    PJWT_NUMBER_FIELD(struct pjwt_ticket, one_time),
    PJWT_NUMBER_FIELD(struct pjwt_ticket, spent_at),
    PJWT_TEXT_FIELD(struct pjwt_ticket, note),
    PJWT_NUMBER_FIELD(struct pjwt_ticket, revoked_at),
    PJWT_TEXT_FIELD(struct pjwt_ticket, revoked_by),
    PJWT_TEXT_FIELD(struct pjwt_ticket, revoked_why),
    PJWT_TEXT_FIELD(struct pjwt_ticket, iss),
    PJWT_TEXT_FIELD(struct pjwt_ticket, sub),
    PJWT_TEXT_FIELD(struct pjwt_ticket, jti),
    PJWT_TEXT_FIELD(struct pjwt_ticket, kid),
    PJWT_NUMBER_FIELD(struct pjwt_ticket, iat),
    PJWT_NUMBER_FIELD(struct pjwt_ticket, auth_time),
};

static pjwt_verdict
insert(struct pjwt_store *store, const struct pjwt_ticket *row, const unsigned char *hash)
{
    char object[PJWT_AUDIT_OBJECT];
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool more = false;

    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(pjwt_db_query(store,
                           "INSERT INTO tickets (hash," COLUMNS
                           ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                           PJWT_ARGS(pjwt_arg_blob(hash, PJWT_TICKET_HASH)), &stmt));
    PJWT_TRY(pjwt_db_bind(store, stmt, 2, fields, PJWT_COUNT(fields), row));
    PJWT_TRY(pjwt_db_step(store, stmt, &more));
    pjwt_drop_stmt(&stmt);
    if (row->claims != NULL) {
        PJWT_TRY(pjwt_ticket_claims_save(store, row->id, row->claims));
    }
    (void)snprintf(object, sizeof(object), "%s %s", row->id, row->user);
    PJWT_TRY(pjwt_audit_put(&change, "ticket issue", object, row->note));
    return pjwt_change_commit(&change);
}

pjwt_verdict
pjwt_ticket_issue(struct pjwt_store *store, struct pjwt_ticket *row, struct pjwt_secret **text)
{
    PJWT_AUTO(secret) struct pjwt_secret *made = NULL;
    struct pjwt_ticket_text parts = {0};
    struct pjwt_ticket issued = *row;

    PJWT_TRY(pjwt_ticket_make(&made, &parts));
    memcpy(issued.id, parts.id, sizeof(issued.id));
    issued.spent_at = 0;
    issued.revoked_at = 0;
    issued.revoked_by[0] = '\0';
    issued.revoked_why[0] = '\0';
    PJWT_TRY(insert(store, &issued, parts.hash));
    *row = issued;
    *text = pjwt_take(made);
    return PJWT_SAY(OK);
}

/* The row that the ticket names, if it also knows the secret. One answer for both, and the same
 * comparison when there is no row. */
static pjwt_verdict
find_known(struct pjwt_store *store, const struct pjwt_ticket_text *typed,
           struct pjwt_ticket *row, struct pjwt_report *report)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    unsigned char hash[PJWT_TICKET_HASH] = {0};
    bool found = false;
    bool same = false;

    pjwt_why_set(&report->why, "id %s", typed->id);
    PJWT_TRY(pjwt_db_query(store, "SELECT hash," COLUMNS " FROM tickets WHERE id=?",
                           PJWT_ARGS(pjwt_arg_text(typed->id)), &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &found));
    if (found) {
        PJWT_TRY(pjwt_db_blob(store, stmt, 0, hash, sizeof(hash)));
    }
    same = CRYPTO_memcmp(hash, typed->hash, sizeof(hash)) == 0;
    if (!found || !same) {
        return PJWT_SAY(TICKET_UNKNOWN);
    }
    return pjwt_db_read(store, stmt, 1, fields, PJWT_COUNT(fields), row);
}

static pjwt_verdict
check_not_revoked(const struct pjwt_ticket *row, struct pjwt_report *report)
{
    if (row->revoked_at == 0) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(&report->why, "revoked by %s%s%s", row->revoked_by,
                 row->revoked_why[0] != '\0' ? ": " : "", row->revoked_why);
    report->at = row->revoked_at;
    return PJWT_SAY(TICKET_REVOKED);
}

static pjwt_verdict
check_lifetime(const struct pjwt_ticket *row, int64_t now, struct pjwt_report *report)
{
    if (row->expires > now) {
        pjwt_why_set(&report->why, "it expires in %" PRId64 "s", row->expires - now);
        return PJWT_SAY(OK);
    }
    pjwt_why_set(&report->why, "it expired %" PRId64 "s ago", now - row->expires);
    report->at = row->expires;
    return PJWT_SAY(TICKET_EXPIRED);
}

/* Is `service` one of the names in the comma-separated list, byte for byte? */
static bool
lists(const char *services, const char *service)
{
    size_t len = strlen(service);

    while (len > 0) {
        size_t name = strcspn(services, ",");

        if (name == len && memcmp(services, service, len) == 0) {
            return true;
        }
        if (services[name] == '\0') {
            return false;
        }
        services += name + 1;
    }
    return false;
}

static pjwt_verdict
check_service(const struct pjwt_ticket *row, const char *service, struct pjwt_report *report)
{
    pjwt_why_set(&report->why, "%s; the ticket is for %s", service, row->services);
    return lists(row->services, service) ? PJWT_SAY(OK) : PJWT_SAY(TICKET_SERVICE);
}

static void
fill_grant(const struct pjwt_ticket *row, struct pjwt_grant *grant)
{
    *grant = (struct pjwt_grant){.iat = row->iat,
                                 .auth_time = row->auth_time,
                                 .issued = row->created,
                                 .expires = row->expires,
                                 .one_time = row->one_time != 0};
    memcpy(grant->user, row->user, sizeof(grant->user));
    memcpy(grant->ticket, row->id, sizeof(grant->ticket));
    memcpy(grant->iss, row->iss, sizeof(grant->iss));
    memcpy(grant->sub, row->sub, sizeof(grant->sub));
    memcpy(grant->jti, row->jti, sizeof(grant->jti));
    memcpy(grant->kid, row->kid, sizeof(grant->kid));
}

pjwt_verdict
pjwt_ticket_check(struct pjwt_store *store, const struct pjwt_secret *typed,
                  const char *service, int64_t now, struct pjwt_grant *grant,
                  struct pjwt_report *report)
{
    struct pjwt_ticket_text parts = {0};
    struct pjwt_ticket row = {0};

    PJWT_CHECK(report, "ticket form", pjwt_ticket_parse(typed, &parts, report));
    PJWT_CHECK(report, "ticket known", find_known(store, &parts, &row, report));
    report->authentic = true;
    PJWT_CHECK(report, "ticket revoked", check_not_revoked(&row, report));
    PJWT_CHECK(report, "ticket lifetime", check_lifetime(&row, now, report));
    PJWT_CHECK(report, "ticket service", check_service(&row, service, report));
    fill_grant(&row, grant);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_ticket_get(struct pjwt_store *store, const char *id, struct pjwt_ticket *row)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    struct pjwt_ticket read = {0};
    bool found = false;

    PJWT_TRY(pjwt_db_query(store, "SELECT " COLUMNS " FROM tickets WHERE id=?",
                           PJWT_ARGS(pjwt_arg_text(id)), &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &found));
    if (!found) {
        return PJWT_SAY(NOT_FOUND);
    }
    PJWT_TRY(pjwt_db_read(store, stmt, 0, fields, PJWT_COUNT(fields), &read));
    *row = read;
    return PJWT_SAY(OK);
}

static pjwt_verdict
query_list(struct pjwt_store *store, const char *user, sqlite3_stmt **stmt)
{
    if (user == NULL) {
        return pjwt_db_query(store, "SELECT " COLUMNS " FROM tickets ORDER BY created,id",
                             PJWT_NO_ARGS, stmt);
    }
    return pjwt_db_query(store,
                         "SELECT " COLUMNS " FROM tickets WHERE user=? ORDER BY created,id",
                         PJWT_ARGS(pjwt_arg_text(user)), stmt);
}

pjwt_verdict
pjwt_ticket_list(struct pjwt_store *store, const char *user, pjwt_ticket_each_fn *each,
                 void *context)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    struct pjwt_ticket row = {0};
    bool more = true;

    PJWT_TRY(query_list(store, user, &stmt));
    while (more) {
        PJWT_TRY(pjwt_db_step(store, stmt, &more));
        if (more) {
            PJWT_TRY(pjwt_db_read(store, stmt, 0, fields, PJWT_COUNT(fields), &row));
            more = each(context, &row);
        }
    }
    return PJWT_SAY(OK);
}
