/* When is a session file trusted again that may have forgotten something? When all that it
 * could admit wrongly is revoked. */
#include "lib/store/upkeep.h"

#include "lib/base/file.h"
#include "lib/store/build.h"
#include "lib/store/change.h"
#include "lib/store/connect.h"
#include "lib/store/files.h"
#include "lib/store/guard.h"
#include "lib/store/integrity.h"
#include "lib/store/open.h"
#include "lib/store/revocations.h"

#include <stdio.h>

static pjwt_verdict
revoke_tickets(struct pjwt_store *store, const struct pjwt_acceptance *a, long *tickets)
{
    return pjwt_db_run(
        store,
        "UPDATE tickets SET revoked_at=?, revoked_by=?, revoked_why=? WHERE revoked_at=0",
        PJWT_ARGS(pjwt_arg_number(a->now), pjwt_arg_text(a->by), pjwt_arg_text(a->why)),
        tickets);
}

/* Never shortened; 0 is later than any expiry. */
#define LATER                                                                         \
    " ON CONFLICT (kind,iss,value) DO UPDATE SET before=max(before,excluded.before)," \
    " created=excluded.created, by=excluded.by, why=excluded.why,"                    \
    " expires=CASE WHEN expires=0 THEN 0 ELSE max(expires,excluded.expires) END"

static pjwt_verdict
revoke_issuer(struct pjwt_store *store, const struct pjwt_acceptance *a, const char *iss)
{
    return pjwt_db_run(store,
                       "INSERT INTO revocations (kind,iss,value,before,created,expires,by,why)"
                       " VALUES ('issuer',?1,'',?2,?2,?3,?4,?5)" LATER,
                       PJWT_ARGS(pjwt_arg_text(iss), pjwt_arg_number(a->now),
                                 pjwt_arg_number(a->expires), pjwt_arg_text(a->by),
                                 pjwt_arg_text(a->why)),
                       NULL);
}

/* Those that the config has forgotten, and the file has not. */
static pjwt_verdict
revoke_known_issuers(struct pjwt_store *store, const struct pjwt_acceptance *a)
{
    return pjwt_db_run(store,
                       "INSERT INTO revocations (kind,iss,value,before,created,expires,by,why)"
                       " SELECT 'issuer',iss,'',?1,?1,?2,?3,?4 FROM"
                       " (SELECT iss FROM tickets UNION SELECT iss FROM revocations)"
                       " WHERE iss<>''" LATER,
                       PJWT_ARGS(pjwt_arg_number(a->now), pjwt_arg_number(a->expires),
                                 pjwt_arg_text(a->by), pjwt_arg_text(a->why)),
                       NULL);
}

/* One transaction. The new name tells every copy made before from this file. */
static pjwt_verdict
change(struct pjwt_store *store, const struct pjwt_acceptance *a, struct pjwt_guard *row,
       long *tickets)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

    PJWT_TRY(pjwt_change_begin_as(&change, store, PJWT_CHANGE_REVOKE));
    PJWT_TRY(revoke_tickets(store, a, tickets));
    PJWT_TRY(revoke_known_issuers(store, a));
    for (size_t i = 0; i < a->issuers; i++) {
        PJWT_TRY(revoke_issuer(store, a, a->iss[i]));
    }
    PJWT_TRY(pjwt_guard_set_row(store, row));
    PJWT_TRY(pjwt_audit_put(&change, "repair accept-restore", "", a->why));
    return pjwt_change_commit(&change);
}

/* NOT_FOUND when row and guard agree. `*row` becomes what both are to say from now on. */
static pjwt_verdict
find_loss(struct pjwt_store *store, struct pjwt_guard *row, struct pjwt_why *why)
{
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;
    struct pjwt_guard guard = {.number = 0};
    struct pjwt_guard name = {.number = 0};
    pjwt_verdict known = pjwt_guard_open(store->dir, &fd, NULL);

    PJWT_TRY(pjwt_guard_row(store, row));
    if (pjwt_ok(known)) {
        known = pjwt_guard_read(fd, &guard, NULL);
    }
    if (pjwt_ok(known) && pjwt_ok(pjwt_guard_check(store, &guard, row, NULL))) {
        pjwt_why_set(why, "the session file is the newest: nothing is to be accepted");
        return PJWT_SAY(NOT_FOUND);
    }
    PJWT_TRY(pjwt_build_name(&name));
    name.number = (row->number > guard.number ? row->number : guard.number) + 1;
    *row = name;
    return PJWT_SAY(OK);
}

static pjwt_verdict
accept_locked(const char *dir, struct pjwt_store *store, const struct pjwt_acceptance *a,
              long *tickets, struct pjwt_why *why)
{
    struct pjwt_guard row = {.number = 0};

    PJWT_TRY(pjwt_open_unguarded(dir, store, why));
    PJWT_TRY(pjwt_integrity(store->db, why));
    PJWT_TRY(find_loss(store, &row, why));
    pjwt_file_sweep(dir); /* of one that was killed while it made the guard */
    PJWT_TRY(change(store, a, &row, tickets)); /* store->guard is -1: no guard is asked */
    return pjwt_guard_make(dir, &row, why);
}

pjwt_verdict
pjwt_store_accept(const char *dir, const struct pjwt_acceptance *acceptance, long *tickets,
                  struct pjwt_why *why)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_why_clear(why);
    PJWT_TRY(pjwt_connect_new(&store));
    pjwt_store_act_for(store, acceptance->actor);
    PJWT_TRY(pjwt_open_files(dir, store, why));
    PJWT_TRY(pjwt_change_stand_in_line(store));
    v = accept_locked(dir, store, acceptance, tickets, why);
    return pjwt_connect_explain(store, v, why);
}
