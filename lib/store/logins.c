#include "lib/store/logins.h"

#include "lib/store/base62.h"
#include "lib/store/change.h"
#include "lib/store/db.h"
#include "lib/store/random.h"
#include "lib/store/revocations.h"
#include "lib/store/schema.h"

#include <string.h>

#define ID_BYTES 8 /* 64 bits are 11 digits of base62 */

/* The columns of struct pjwt_login_row, in this order. */
#define COLUMNS                                                                             \
    "id,ours,target,tty,rhost,pid,started,boot,opened,user,service,ticket,iss,sub,jti,kid," \
    "iat,issued,expires,leeway"

static const struct pjwt_field fields[] = {
    PJWT_TEXT_FIELD(struct pjwt_login_row, id),
    PJWT_NUMBER_FIELD(struct pjwt_login_row, ours),
    PJWT_TEXT_FIELD(struct pjwt_login_row, target),
    PJWT_TEXT_FIELD(struct pjwt_login_row, tty),
    PJWT_TEXT_FIELD(struct pjwt_login_row, rhost),
    PJWT_NUMBER_FIELD(struct pjwt_login_row, pid),
    PJWT_NUMBER_FIELD(struct pjwt_login_row, started),
    PJWT_TEXT_FIELD(struct pjwt_login_row, boot),
    PJWT_NUMBER_FIELD(struct pjwt_login_row, opened),
    PJWT_TEXT_FIELD(struct pjwt_login_row, user),
    PJWT_TEXT_FIELD(struct pjwt_login_row, grant.service),
    PJWT_TEXT_FIELD(struct pjwt_login_row, grant.ticket),
    PJWT_TEXT_FIELD(struct pjwt_login_row, grant.iss),
    PJWT_TEXT_FIELD(struct pjwt_login_row, grant.sub),
    PJWT_TEXT_FIELD(struct pjwt_login_row, grant.jti),
    PJWT_TEXT_FIELD(struct pjwt_login_row, grant.kid),
    PJWT_NUMBER_FIELD(struct pjwt_login_row, grant.iat),
    PJWT_NUMBER_FIELD(struct pjwt_login_row, grant.issued),
    PJWT_NUMBER_FIELD(struct pjwt_login_row, grant.expires),
    PJWT_NUMBER_FIELD(struct pjwt_login_row, grant.leeway),
};

static pjwt_verdict
make_id(char id[PJWT_LOGIN_ID_LEN + 1])
{
    unsigned char bytes[ID_BYTES];

    PJWT_TRY(pjwt_random_fill(bytes, sizeof(bytes)));
    pjwt_base62_write(bytes, sizeof(bytes), id, PJWT_LOGIN_ID_LEN);
    id[PJWT_LOGIN_ID_LEN] = '\0';
    return PJWT_SAY(OK);
}

static pjwt_verdict
insert(struct pjwt_store *store, const struct pjwt_login_row *row)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool more = false;

    PJWT_TRY(pjwt_db_query(store,
                           "INSERT INTO logins (" COLUMNS
                           ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                           PJWT_NO_ARGS, &stmt));
    PJWT_TRY(pjwt_db_bind(store, stmt, 1, fields, PJWT_COUNT(fields), row));
    return pjwt_db_step(store, stmt, &more);
}

pjwt_verdict
pjwt_login_add(struct pjwt_store *store, struct pjwt_login_row *row)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

    PJWT_TRY(make_id(row->id));
    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(insert(store, row));
    return pjwt_change_commit(&change);
}

static pjwt_verdict delete (struct pjwt_store *store, const char *id,
                            const struct pjwt_asker *asker, long *removed)
{
    if (asker == NULL) {
        return pjwt_db_run(store, "DELETE FROM logins WHERE id=?", PJWT_ARGS(pjwt_arg_text(id)),
                           removed);
    }
    return pjwt_db_run(store, "DELETE FROM logins WHERE id=? AND pid=? AND started=?",
                       PJWT_ARGS(pjwt_arg_text(id), pjwt_arg_number(asker->pid),
                                 pjwt_arg_number((int64_t)asker->started)),
                       removed);
}

/* It is refused anyhow, now that there is no such login; lists show it as ended. Without the
 * words `login<>''`, which the index has, SQLite would look at every ticket. */
static pjwt_verdict
end_ticket(struct pjwt_store *store, const char *id, int64_t now, long *tickets)
{
    return store->version < PJWT_SCHEMA_LOGIN
               ? PJWT_SAY(OK)
               : pjwt_db_run(store,
                             "UPDATE tickets SET expires=min(expires,?1)"
                             " WHERE login=?2 AND login<>''",
                             PJWT_ARGS(pjwt_arg_number(now), pjwt_arg_text(id)), tickets);
}

pjwt_verdict
pjwt_login_remove(struct pjwt_store *store, const char *id, const struct pjwt_asker *asker,
                  int64_t now, bool *had_ticket)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    long removed = 0;
    long tickets = 0;

    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(delete (store, id, asker, &removed));
    if (removed == 0) {
        return PJWT_SAY(NOT_FOUND);
    }
    PJWT_TRY(end_ticket(store, id, now, &tickets));
    PJWT_TRY(pjwt_change_commit(&change));
    *had_ticket = tickets > 0;
    return PJWT_SAY(OK);
}

/* A grant's user is a local user name; who came another way may have any. */
static pjwt_verdict
complete(struct pjwt_login_row *row)
{
    size_t len = strlen(row->user);

    if (row->ours == 0) {
        return PJWT_SAY(OK);
    }
    if (len >= sizeof(row->grant.user)) {
        return PJWT_SAY(STORE_DAMAGED);
    }
    memcpy(row->grant.user, row->user, len + 1);
    return PJWT_SAY(OK);
}

bool
pjwt_login_id_valid(const char *id)
{
    return strnlen(id, PJWT_LOGIN_ID_LEN + 1) == PJWT_LOGIN_ID_LEN &&
           pjwt_base62_all(id, PJWT_LOGIN_ID_LEN);
}

pjwt_verdict
pjwt_login_get(struct pjwt_store *store, const char *id, struct pjwt_login_row *row)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    struct pjwt_login_row read = {.id = ""};
    bool found = false;

    PJWT_TRY(pjwt_db_query(store, "SELECT " COLUMNS " FROM logins WHERE id=?",
                           PJWT_ARGS(pjwt_arg_text(id)), &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &found));
    if (!found) {
        return PJWT_SAY(NOT_FOUND);
    }
    PJWT_TRY(pjwt_db_read(store, stmt, 0, fields, PJWT_COUNT(fields), &read));
    PJWT_TRY(complete(&read));
    *row = read;
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_login_list(struct pjwt_store *store, pjwt_login_each_fn *each, void *context)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    struct pjwt_login_row row = {0};
    bool more = true;

    PJWT_TRY(pjwt_db_query(store, "SELECT " COLUMNS " FROM logins ORDER BY opened,id",
                           PJWT_NO_ARGS, &stmt));
    while (more) {
        PJWT_TRY(pjwt_db_step(store, stmt, &more));
        if (more) {
            PJWT_TRY(pjwt_db_read(store, stmt, 0, fields, PJWT_COUNT(fields), &row));
            PJWT_TRY(complete(&row));
            more = each(context, &row);
        }
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_login_stands(struct pjwt_store *store, const struct pjwt_login_row *row, int64_t now,
                  struct pjwt_report *report)
{
    if (row->ours != 0) {
        return pjwt_revocation_check(store, &row->grant, now, report);
    }
    PJWT_TRY(pjwt_revocation_check_user(store, row->user, now, report));
    return pjwt_revocation_check_user(store, row->target, now, report);
}
