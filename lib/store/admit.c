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

/* What has ended goes with the one login a minute that moves the clock's mark: to be ready for
 * it costs each of the others more than all that it writes itself. */
static pjwt_verdict
move_clock(struct pjwt_store *store, const struct pjwt_clock *clock)
{
    int64_t mark = 0;
    bool written = false;

    PJWT_TRY(pjwt_clock_advance(store, clock, &mark, &written));
    if (!written) {
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
    PJWT_TRY(move_clock(store, clock));
    pjwt_ticket_use(store, grant, clock->now);
    PJWT_TRY(pjwt_change_commit(&change));
    memcpy(id, made, sizeof(made));
    return PJWT_SAY(OK);
}
