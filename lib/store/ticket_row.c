/* How does a ticket stand in the session file? */
#include "lib/store/ticket_row.h"

#include "lib/store/ticket_claims.h"

/* In the order of PJWT_TICKET_COLUMNS. */
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
    PJWT_NUMBER_FIELD(struct pjwt_ticket, idle),
    PJWT_NUMBER_FIELD(struct pjwt_ticket, last_used),
    PJWT_NUMBER_FIELD(struct pjwt_ticket, renewable_until),
    PJWT_NUMBER_FIELD(struct pjwt_ticket, lifetime),
    PJWT_TEXT_FIELD(struct pjwt_ticket, from),
};

pjwt_verdict
pjwt_ticket_row_read(struct pjwt_store *store, sqlite3_stmt *stmt, int first,
                     struct pjwt_ticket *row)
{
    return pjwt_db_read(store, stmt, first, fields, PJWT_COUNT(fields), row);
}

static pjwt_verdict
insert(struct pjwt_store *store, const struct pjwt_ticket *row, const unsigned char *hash)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool more = false;

    PJWT_TRY(pjwt_db_query(
        store,
        "INSERT INTO tickets (hash,id,user,services,created,expires,one_time,spent_at,note,"
        "revoked_at,revoked_by,revoked_why,iss,sub,jti,kid,iat,auth_time,idle,last_used,"
        "renewable_until,lifetime,from_net)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        PJWT_ARGS(pjwt_arg_blob(hash, PJWT_TICKET_HASH)), &stmt));
    PJWT_TRY(pjwt_db_bind(store, stmt, 2, fields, PJWT_COUNT(fields), row));
    return pjwt_db_step(store, stmt, &more);
}

pjwt_verdict
pjwt_ticket_row_insert(struct pjwt_store *store, const struct pjwt_ticket *row,
                       const unsigned char *hash)
{
    PJWT_TRY(insert(store, row, hash));
    return row->claims == NULL ? PJWT_SAY(OK)
                               : pjwt_ticket_claims_save(store, row->id, row->claims);
}
