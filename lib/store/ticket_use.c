/* When was a ticket last used? */
#include "lib/store/ticket_use.h"

#include "lib/store/db.h"

void
pjwt_ticket_use(struct pjwt_store *store, const struct pjwt_grant *grant, int64_t now)
{
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (grant->ticket[0] == '\0') {
        return;
    }
    v = pjwt_db_run(store,
                    "UPDATE tickets SET last_used=?1 WHERE id=?2 AND last_used<?1 AND "
                    "(last_used=0 OR last_used+"
                    "CASE WHEN idle BETWEEN 1 AND 4*?3 THEN idle/4 ELSE ?3 END<=?1)",
                    PJWT_ARGS(pjwt_arg_number(now), pjwt_arg_text(grant->ticket),
                              pjwt_arg_number(PJWT_TICKET_USE_STEP)),
                    NULL);
    (void)v; /* see above */
}
