#include "lib/store/revocation_list.h"

#include "lib/store/base62.h"
#include "lib/store/change.h"
#include "lib/store/digest.h"
#include "lib/store/revocation_kind.h"

#include <stdio.h>
#include <string.h>

#define ID_BYTES 8 /* 64 bits are 11 digits of base62 */
#define TICKET   "ticket"
#define BLOCK    "block"

static const struct pjwt_field fields[] = {
    PJWT_TEXT_FIELD(struct pjwt_revoked, kind),
    PJWT_TEXT_FIELD(struct pjwt_revoked, row.iss),
    PJWT_TEXT_FIELD(struct pjwt_revoked, row.value),
    PJWT_NUMBER_FIELD(struct pjwt_revoked, row.before),
    PJWT_NUMBER_FIELD(struct pjwt_revoked, row.created),
    PJWT_NUMBER_FIELD(struct pjwt_revoked, row.expires),
    PJWT_TEXT_FIELD(struct pjwt_revoked, row.by),
    PJWT_TEXT_FIELD(struct pjwt_revoked, row.why),
};

/* Kind and issuer hold no NUL, so with one behind each no two rows read the same. */
static pjwt_verdict
make_id(struct pjwt_revoked *item)
{
    unsigned char digest[PJWT_DIGEST_SIZE];
    char name[sizeof(item->kind) + sizeof(item->row.iss)];
    int len = snprintf(name, sizeof(name), "%s%c%s", item->kind, '\0', item->row.iss);

    if (strcmp(item->kind, TICKET) == 0) {
        memcpy(item->id, item->row.value, sizeof(item->id) - 1);
        return PJWT_SAY(OK);
    }
    PJWT_TRY(pjwt_digest("pam_jwt revocation", name, (size_t)len + 1, item->row.value,
                         strlen(item->row.value), digest));
    pjwt_base62_write(digest, ID_BYTES, item->id, PJWT_REVOCATION_ID_LEN);
    item->id[PJWT_REVOCATION_ID_LEN] = '\0';
    return PJWT_SAY(OK);
}

/* A name that is no kind's leaves the first; blocks and tickets have none. */
static void
name_kind(struct pjwt_revoked *item)
{
    const struct pjwt_revocation_kind *kind = NULL;

    for (int i = 0; (kind = pjwt_revocation_kind((enum pjwt_revoke)i)) != NULL; i++) {
        if (strcmp(kind->name, item->kind) == 0) {
            item->row.kind = (enum pjwt_revoke)i;
        }
    }
}

pjwt_verdict
pjwt_revocation_list(struct pjwt_store *store, pjwt_revoked_each_fn *each, void *context)
{
    static const char sql[] =
        "SELECT kind,iss,value,before,created,expires,by,why FROM revocations"
        " UNION ALL SELECT '" BLOCK "','',user,0,created,until,by,why FROM blocks"
        " UNION ALL SELECT '" TICKET "','',id,0,revoked_at,expires,revoked_by,revoked_why"
        " FROM tickets WHERE revoked_at<>0";
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool more = true;

    PJWT_TRY(pjwt_db_query(store, sql, PJWT_NO_ARGS, &stmt));
    while (more) {
        struct pjwt_revoked item = {0};

        PJWT_TRY(pjwt_db_step(store, stmt, &more));
        if (more) {
            PJWT_TRY(pjwt_db_read(store, stmt, 0, fields, PJWT_COUNT(fields), &item));
            PJWT_TRY(make_id(&item));
            name_kind(&item);
            more = each(context, &item);
        }
    }
    return PJWT_SAY(OK);
}

struct search {
    const char *id;
    struct pjwt_revoked found;
};

static bool
look(void *context, const struct pjwt_revoked *row)
{
    struct search *search = context;

    if (strcmp(search->id, row->id) != 0) {
        return true;
    }
    search->found = *row;
    return false;
}

static pjwt_verdict
take_back(struct pjwt_store *store, const struct pjwt_revoked *item)
{
    if (strcmp(item->kind, TICKET) == 0) {
        return pjwt_db_run(store,
                           "UPDATE tickets SET revoked_at=0, revoked_by='', revoked_why=''"
                           " WHERE id=?",
                           PJWT_ARGS(pjwt_arg_text(item->row.value)), NULL);
    }
    if (strcmp(item->kind, BLOCK) == 0) {
        return pjwt_db_run(store, "DELETE FROM blocks WHERE user=?",
                           PJWT_ARGS(pjwt_arg_text(item->row.value)), NULL);
    }
    return pjwt_db_run(store, "DELETE FROM revocations WHERE kind=? AND iss=? AND value=?",
                       PJWT_ARGS(pjwt_arg_text(item->kind), pjwt_arg_text(item->row.iss),
                                 pjwt_arg_text(item->row.value)),
                       NULL);
}

pjwt_verdict
pjwt_revocation_undo(struct pjwt_store *store, const char *id, struct pjwt_revoked *undone)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    struct search search = {.id = id};
    char object[PJWT_AUDIT_OBJECT];

    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(pjwt_revocation_list(store, look, &search));
    if (search.found.id[0] == '\0') {
        return PJWT_SAY(NOT_FOUND);
    }
    PJWT_TRY(take_back(store, &search.found));
    (void)snprintf(object, sizeof(object), "%s %s%s%s", search.found.kind, search.found.row.iss,
                   search.found.row.iss[0] == '\0' ? "" : " ", search.found.row.value);
    PJWT_TRY(pjwt_audit_put(&change, "revoke undo", object, ""));
    PJWT_TRY(pjwt_change_commit(&change));
    *undone = search.found;
    return PJWT_SAY(OK);
}
