/* Who is kept out, whatever the credential? The blocks of revocations.h. */
#include "lib/store/change.h"
#include "lib/store/db.h"
#include "lib/store/revocations.h"

#include <string.h>

#define BY_MAX sizeof(((struct pjwt_revocation *)0)->by)

/* What would not fit a field when it is read again must not be written. */
static bool
fits(const char *text, size_t size)
{
    return strnlen(text, size) < size;
}

pjwt_verdict
pjwt_block_add(struct pjwt_store *store, const char *user, int64_t now, int64_t until,
               const char *by, const char *why)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};

    if (!fits(user, PJWT_USER_MAX) || !fits(by, BY_MAX) || !fits(why, PJWT_NOTE_MAX)) {
        return PJWT_SAY(INTERNAL);
    }
    PJWT_TRY(pjwt_change_begin_as(&change, store, PJWT_CHANGE_REVOKE));
    PJWT_TRY(
        pjwt_db_run(store,
                    "INSERT INTO blocks (user,created,until,by,why) VALUES (?,?,?,?,?)"
                    " ON CONFLICT (user) DO UPDATE SET created=excluded.created,"
                    " until=excluded.until, by=excluded.by, why=excluded.why",
                    PJWT_ARGS(pjwt_arg_text(user), pjwt_arg_number(now), pjwt_arg_number(until),
                              pjwt_arg_text(by), pjwt_arg_text(why)),
                    NULL));
    PJWT_TRY(pjwt_audit_put(&change, "block", user, why));
    return pjwt_change_commit(&change);
}

pjwt_verdict
pjwt_block_remove(struct pjwt_store *store, const char *user)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    long removed = 0;

    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(pjwt_db_run(store, "DELETE FROM blocks WHERE user=?",
                         PJWT_ARGS(pjwt_arg_text(user)), &removed));
    if (removed == 0) {
        return PJWT_SAY(NOT_FOUND);
    }
    PJWT_TRY(pjwt_audit_put(&change, "unblock", user, ""));
    return pjwt_change_commit(&change);
}
