#include "lib/store/admit.h"

#include "lib/store/change.h"
#include "lib/store/handoff_claims.h"
#include "lib/store/replay.h"
#include "lib/store/ticket_use.h"

#include <string.h>

/* What is good again needs no disk: without its row the session is not opened, an idle ticket
 * ends sooner, and the clock's mark stands where it stood. */
static enum pjwt_change_kind
kind_of(const struct pjwt_grant *grant)
{
    return grant->one_time ? PJWT_CHANGE_SPEND : PJWT_CHANGE_PASSING;
}

/* To be ready for it costs a login more than all that it writes itself: so what has ended goes
 * with the one that moves the clock's mark, each minute, and with one of sixteen by the first
 * digit of its new id, which forgets more than sixteen add. */
static pjwt_verdict
move_clock(struct pjwt_store *store, const struct pjwt_clock *clock, const char *id)
{
    int64_t mark = 0;
    bool written = false;

    PJWT_TRY(pjwt_clock_advance(store, clock, &mark, &written));
    if (!written && id[0] != '0') {
        return PJWT_SAY(OK);
    }
    PJWT_TRY(pjwt_handoff_forget(store, clock->now));
    return pjwt_replay_forget(store, mark);
}

pjwt_verdict
pjwt_admit(struct pjwt_store *store, const struct pjwt_grant *grant, const char *claims,
           const struct pjwt_asker *asker, const struct pjwt_clock *clock,
           char id[PJWT_HANDOFF_SIZE])
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    char made[PJWT_HANDOFF_SIZE];

    PJWT_TRY(pjwt_change_begin_as(&change, store, kind_of(grant)));
    PJWT_TRY(pjwt_replay_spend(store, grant, clock->now));
    PJWT_TRY(pjwt_handoff_put(store, grant, asker, clock->now, made));
    PJWT_TRY(pjwt_handoff_claims_save(store, made, claims));
    PJWT_TRY(move_clock(store, clock, made));
    pjwt_ticket_use(store, grant, clock->now);
    PJWT_TRY(pjwt_change_commit(&change));
    memcpy(id, made, sizeof(made));
    return PJWT_SAY(OK);
}
