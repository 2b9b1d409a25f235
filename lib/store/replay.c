#include "lib/store/replay.h"

#include "lib/store/clock.h"
#include "lib/store/db.h"

#include <inttypes.h>

/* Ended rows that one login forgets: too few to be felt. What stands beyond that is forgotten
 * by lib/store/prune.c. */
#define FORGET_MAX 100

#define LEEWAY_MAX 120 /* seconds: what any issuer's leeway may add to exp */

/* The exp up to which spent tokens may have been forgotten. */
static pjwt_verdict
forgotten_until(struct pjwt_store *store, int64_t *until)
{
    *until = 0;
    return pjwt_db_number(store, "SELECT forgotten FROM clock WHERE id=1", until);
}

/* A token that ended so long ago is no new one: whether it was spent is not known any more. */
static pjwt_verdict
check_remembered(struct pjwt_store *store, const struct pjwt_grant *grant, struct pjwt_why *why)
{
    int64_t until = 0;

    PJWT_TRY(forgotten_until(store, &until));
    if (grant->expires > until) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(why, "what was spent of tokens that ended by %" PRId64 " is forgotten", until);
    return PJWT_SAY(REPLAYED);
}

static pjwt_verdict
check_jti(struct pjwt_store *store, const struct pjwt_grant *grant, struct pjwt_why *why)
{
    static const struct pjwt_field spent_field[] = {{0, 0}};
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    int64_t spent = 0;
    bool found = false;

    PJWT_TRY(check_remembered(store, grant, why));
    PJWT_TRY(pjwt_db_query(store, "SELECT spent FROM replay WHERE iss=? AND jti=?",
                           PJWT_ARGS(pjwt_arg_text(grant->iss), pjwt_arg_text(grant->jti)),
                           &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &found));
    if (!found) {
        pjwt_why_set(why, "jti %.128s is spent by a login", grant->jti);
        return PJWT_SAY(OK);
    }
    PJWT_TRY(pjwt_db_read(store, stmt, 0, spent_field, 1, &spent));
    pjwt_why_set(why, "jti %.128s was spent at %" PRId64, grant->jti, spent);
    return PJWT_SAY(REPLAYED);
}

static pjwt_verdict
check_ticket(struct pjwt_store *store, const struct pjwt_grant *grant, struct pjwt_why *why)
{
    static const struct pjwt_field spent_field[] = {{0, 0}};
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    int64_t spent = 0;
    bool found = false;

    PJWT_TRY(pjwt_db_query(store, "SELECT spent_at FROM tickets WHERE id=?",
                           PJWT_ARGS(pjwt_arg_text(grant->ticket)), &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &found));
    if (!found) {
        return PJWT_SAY(TICKET_UNKNOWN);
    }
    PJWT_TRY(pjwt_db_read(store, stmt, 0, spent_field, 1, &spent));
    if (spent != 0) {
        pjwt_why_set(why, "spent at %" PRId64, spent);
        return PJWT_SAY(TICKET_SPENT);
    }
    pjwt_why_set(why, "ticket %s is spent by a login", grant->ticket);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_replay_check(struct pjwt_store *store, const struct pjwt_grant *grant,
                  struct pjwt_report *report)
{
    if (!grant->one_time) {
        return PJWT_SAY(OK);
    }
    if (grant->ticket[0] != '\0') {
        PJWT_CHECK(report, "one-time ticket", check_ticket(store, grant, &report->why));
    } else {
        PJWT_CHECK(report, "one-time token", check_jti(store, grant, &report->why));
    }
    return PJWT_SAY(OK);
}

/* The primary key decides: the second row for a jti is a conflict. */
static pjwt_verdict
spend_jti(struct pjwt_store *store, const struct pjwt_grant *grant, int64_t now)
{
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_TRY(check_remembered(store, grant, &why));
    v = pjwt_db_run(store, "INSERT INTO replay (iss,jti,expires,spent) VALUES (?,?,?,?)",
                    PJWT_ARGS(pjwt_arg_text(grant->iss), pjwt_arg_text(grant->jti),
                              pjwt_arg_number(grant->expires), pjwt_arg_number(now)),
                    NULL);
    return v.reason == PJWT_STORE_CONFLICT ? PJWT_SAY(REPLAYED) : v;
}

static pjwt_verdict
spend_ticket(struct pjwt_store *store, const struct pjwt_grant *grant, int64_t now)
{
    long changes = 0;

    PJWT_TRY(pjwt_db_run(store, "UPDATE tickets SET spent_at=? WHERE id=? AND spent_at=0",
                         PJWT_ARGS(pjwt_arg_number(now), pjwt_arg_text(grant->ticket)),
                         &changes));
    return changes == 1 ? PJWT_SAY(OK) : PJWT_SAY(TICKET_SPENT);
}

pjwt_verdict
pjwt_replay_spend(struct pjwt_store *store, const struct pjwt_grant *grant, int64_t now)
{
    if (!grant->one_time) {
        return PJWT_SAY(OK);
    }
    return grant->ticket[0] != '\0' ? spend_ticket(store, grant, now)
                                    : spend_jti(store, grant, now);
}

pjwt_verdict
pjwt_replay_forget_some(struct pjwt_store *store, int64_t mark, long at_most, long *gone)
{
    const int64_t until = mark - PJWT_CLOCK_SLACK - LEEWAY_MAX;
    long forgotten = 0;

    PJWT_TRY(pjwt_db_run(store,
                         "DELETE FROM replay WHERE (iss,jti) IN"
                         " (SELECT iss,jti FROM replay WHERE expires<=?"
                         " ORDER BY expires LIMIT ?)",
                         PJWT_ARGS(pjwt_arg_number(until), pjwt_arg_number(at_most)),
                         &forgotten));
    if (forgotten > 0) {
        PJWT_TRY(pjwt_db_run(store, "UPDATE clock SET forgotten=max(forgotten,?) WHERE id=1",
                             PJWT_ARGS(pjwt_arg_number(until)), NULL));
    }
    *gone = forgotten;
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_replay_forget(struct pjwt_store *store, int64_t mark)
{
    long gone = 0;

    return pjwt_replay_forget_some(store, mark, FORGET_MAX, &gone);
}
