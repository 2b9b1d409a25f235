/* Is the whole of the session file as it was written? */
#include "lib/store/upkeep.h"

#include "lib/store/guard.h"
#include "lib/store/integrity.h"

pjwt_verdict
pjwt_store_verify(struct pjwt_store *store, struct pjwt_store_proof *proof,
                  struct pjwt_why *why)
{
    struct pjwt_guard guard = {.number = 0};
    struct pjwt_guard row = {.number = 0};
    int64_t pages = 0;

    PJWT_TRY(pjwt_integrity(store->db, why));
    PJWT_TRY(pjwt_guard_read(store->guard, &guard, why));
    PJWT_TRY(pjwt_guard_check(store, &guard, &row, why));
    PJWT_TRY(pjwt_db_number(store, "PRAGMA page_count", &pages));
    *proof =
        (struct pjwt_store_proof){.pages = pages, .commit = row.number, .guard = guard.number};
    return PJWT_SAY(OK);
}
