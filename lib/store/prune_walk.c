#include "lib/store/prune_walk.h"

#define LOOK    "2000" /* rows: those of a stretch are read again while others wait */
#define KEYS    3      /* columns of a key, at most */
#define INSTANT 9      /* the number of that parameter */
#define KINDS   (PJWT_PRUNE_BLOCKS + 1)

/* Renewing is no way back by then, and a revocation in the row refuses nobody any more. But an
 * open login is looked at by way of its ticket's row, when a revocation is to end it. */
#define TICKET_ENDED \
    "max(expires,renewable_until)<=?9 AND id NOT IN (SELECT ticket FROM logins)"
#define ENDED(until) until "<>0 AND " until "<=?9"

/* The key stands in struct pjwt_prune_place. Parameters: from 1 on the place where the stretch
 * begins, from 4 on where it ends, 9 the instant. */
static const struct walk {
    struct pjwt_field key[KEYS];
    size_t keys;
    const char *look;
    const char *forget;
} walks[KINDS] = {
    /* Along the index by creation: what ended was made before that, and what was made since is
     * not looked at. */
    [PJWT_PRUNE_TICKETS] = {{PJWT_NUMBER_FIELD(struct pjwt_prune_place, number),
                             PJWT_TEXT_FIELD(struct pjwt_prune_place, value)},
                            2,
                            "SELECT created,id," TICKET_ENDED " FROM tickets"
                            " WHERE (created,id)>(?1,?2) AND created<=?9"
                            " ORDER BY created,id LIMIT " LOOK,
                            "DELETE FROM tickets WHERE (created,id)>(?1,?2)"
                            " AND (created,id)<=(?4,?5) AND " TICKET_ENDED},
    [PJWT_PRUNE_REVOCATIONS] = {{PJWT_TEXT_FIELD(struct pjwt_prune_place, kind),
                                 PJWT_TEXT_FIELD(struct pjwt_prune_place, iss),
                                 PJWT_TEXT_FIELD(struct pjwt_prune_place, value)},
                                3,
                                "SELECT kind,iss,value," ENDED(
                                    "expires") " FROM revocations"
                                               " WHERE (kind,iss,value)>(?1,?2,?3)"
                                               " ORDER BY kind,iss,value LIMIT " LOOK,
                                "DELETE FROM revocations WHERE (kind,iss,value)>(?1,?2,?3)"
                                " AND (kind,iss,value)<=(?4,?5,?6) AND " ENDED("expires")},
    [PJWT_PRUNE_BLOCKS] = {{PJWT_TEXT_FIELD(struct pjwt_prune_place, value)},
                           1,
                           "SELECT user," ENDED("until") " FROM blocks WHERE user>?1"
                                                         " ORDER BY user LIMIT " LOOK,
                           "DELETE FROM blocks WHERE user>?1 AND user<=?4 AND " ENDED("until")},
};

/* Prepared, with the place and the instant bound. `*stmt` is owned by the caller. */
static pjwt_verdict
prepare(struct pjwt_store *store, const struct pjwt_prune *prune, const char *sql,
        sqlite3_stmt **stmt)
{
    const struct walk *walk = &walks[prune->kind];
    PJWT_AUTO(stmt) sqlite3_stmt *made = NULL;
    int rc = SQLITE_OK;

    PJWT_TRY(pjwt_db_query(store, sql, PJWT_NO_ARGS, &made));
    PJWT_TRY(pjwt_db_bind(store, made, 1, walk->key, walk->keys, &prune->place));
    rc = sqlite3_bind_int64(made, INSTANT, prune->by - PJWT_PRUNE_KEEP);
    PJWT_TRY(pjwt_db_verdict(store->db, rc));
    *stmt = pjwt_take(made);
    return PJWT_SAY(OK);
}

static pjwt_verdict
read_row(struct pjwt_store *store, sqlite3_stmt *stmt, const struct walk *walk,
         struct pjwt_stretch *stretch)
{
    static const struct pjwt_field ended_field[] = {{0, 0}};
    int64_t ended = 0;

    PJWT_TRY(pjwt_db_read(store, stmt, 0, walk->key, walk->keys, &stretch->to));
    PJWT_TRY(pjwt_db_read(store, stmt, (int)walk->keys, ended_field, 1, &ended));
    stretch->ended += ended != 0 ? 1 : 0;
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_walk_look(struct pjwt_store *store, const struct pjwt_prune *prune, size_t at_most,
               struct pjwt_stretch *stretch)
{
    const struct walk *walk = &walks[prune->kind];
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    struct pjwt_stretch seen = {.to = prune->place};
    bool more = true;
    long rows = 0;

    PJWT_TRY(prepare(store, prune, walk->look, &stmt));
    while (more && seen.ended < at_most) {
        PJWT_TRY(pjwt_db_step(store, stmt, &more));
        if (more) {
            PJWT_TRY(read_row(store, stmt, walk, &seen));
            rows++;
        }
    }
    seen.last = rows == 0;
    *stretch = seen;
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_walk_forget(struct pjwt_store *store, const struct pjwt_prune *prune,
                 const struct pjwt_stretch *stretch, long *gone)
{
    const struct walk *walk = &walks[prune->kind];
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool row = false;

    PJWT_TRY(prepare(store, prune, walk->forget, &stmt));
    PJWT_TRY(pjwt_db_bind(store, stmt, 1 + KEYS, walk->key, walk->keys, &stretch->to));
    PJWT_TRY(pjwt_db_step(store, stmt, &row));
    *gone = sqlite3_changes(store->db);
    return PJWT_SAY(OK);
}
