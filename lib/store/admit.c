#include "lib/store/admit.h"

#include "lib/store/change.h"
#include "lib/store/handoff_claims.h"
#include "lib/store/replay.h"
#include "lib/store/ticket_use.h"

#include <string.h>

pjwt_verdict
pjwt_admit(struct pjwt_store *store, const struct pjwt_grant *grant, const char *claims,
           const struct pjwt_asker *asker, const struct pjwt_clock *clock,
           char id[PJWT_HANDOFF_SIZE])
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    char made[PJWT_HANDOFF_SIZE];
    int64_t mark = 0;

    PJWT_TRY(pjwt_change_begin_as(&change, store,
                                  grant->one_time ? PJWT_CHANGE_SPEND : PJWT_CHANGE_PLAIN));
    PJWT_TRY(pjwt_replay_spend(store, grant, clock->now));
    PJWT_TRY(pjwt_handoff_put(store, grant, asker, clock->now, made));
    PJWT_TRY(pjwt_handoff_claims_save(store, made, claims));
    PJWT_TRY(pjwt_clock_advance(store, clock, &mark));
    PJWT_TRY(pjwt_replay_forget(store, mark));
    pjwt_ticket_use(store, grant, clock->now);
    PJWT_TRY(pjwt_change_commit(&change));
    memcpy(id, made, sizeof(made));
    return PJWT_SAY(OK);
}
