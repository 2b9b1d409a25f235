/* Does a revocation or a block stand against this login? The reading half of revocations.h. */
#include "lib/store/db.h"
#include "lib/store/revocation_kind.h"
#include "lib/store/revocations.h"

#include <string.h>

/* What a standing row says: of a revocation `instant` is `before`, of a block `until`. */
struct standing {
    int64_t instant;
    int64_t created;
    char by[sizeof(((struct pjwt_revocation *)0)->by)];
    char why[PJWT_NOTE_MAX];
};

static const struct pjwt_field fields[] = {
    PJWT_NUMBER_FIELD(struct standing, instant),
    PJWT_NUMBER_FIELD(struct standing, created),
    PJWT_TEXT_FIELD(struct standing, by),
    PJWT_TEXT_FIELD(struct standing, why),
};

static pjwt_verdict
look_up(struct pjwt_store *store, const char *sql, const struct pjwt_arg *args, size_t count,
        struct standing *row, bool *found)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;

    PJWT_TRY(pjwt_db_query(store, sql, args, count, &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, found));
    return *found ? pjwt_db_read(store, stmt, 0, fields, PJWT_COUNT(fields), row)
                  : PJWT_SAY(OK);
}

static pjwt_verdict
look_up_kind(struct pjwt_store *store, const struct pjwt_revocation_kind *kind, const char *iss,
             const char *value, struct standing *row, bool *found)
{
    return look_up(
        store,
        "SELECT before,created,by,why FROM revocations"
        " WHERE kind=? AND iss=? AND value=?",
        PJWT_ARGS(pjwt_arg_text(kind->name), pjwt_arg_text(iss), pjwt_arg_text(value)), row,
        found);
}

static pjwt_verdict
refuse(const struct standing *row, pjwt_verdict refusal, int64_t at, struct pjwt_report *report)
{
    pjwt_why_set(&report->why, "by %s%s%s", row->by, row->why[0] != '\0' ? ": " : "", row->why);
    report->at = at;
    return refusal;
}

/* A token counts from its iat, as far as its issuer's clock may be ahead. A ticket counts from
 * its own creation, strictly, because those of that second were marked in their rows, and from
 * the token it grew from. */
static bool
issued_until(const struct pjwt_grant *grant, int64_t before)
{
    bool ticket = grant->ticket[0] != '\0';

    if (ticket && grant->issued < before) {
        return true;
    }
    return (!ticket || grant->iat > 0) && grant->iat - grant->leeway <= before;
}

static pjwt_verdict
check_kind(struct pjwt_store *store, const struct pjwt_revocation_kind *kind,
           const struct pjwt_grant *grant, struct pjwt_report *report)
{
    const char *value = kind->valued ? (const char *)grant + kind->value : "";
    struct standing row = {0};
    bool found = false;

    pjwt_why_set(&report->why, "%s", kind->valued ? value : grant->iss);
    PJWT_TRY(look_up_kind(store, kind, kind->iss ? grant->iss : "", value, &row, &found));
    if (!found || (kind->dated && !issued_until(grant, row.instant))) {
        return PJWT_SAY(OK);
    }
    return refuse(&row, kind->refusal, kind->dated ? row.instant : row.created, report);
}

static pjwt_verdict
check_ticket(struct pjwt_store *store, const char *id, struct pjwt_report *report)
{
    struct standing row = {0};
    bool found = false;

    pjwt_why_set(&report->why, "id %s", id);
    PJWT_TRY(look_up(store,
                     "SELECT revoked_at,created,revoked_by,revoked_why FROM tickets WHERE id=?",
                     PJWT_ARGS(pjwt_arg_text(id)), &row, &found));
    if (!found) {
        return PJWT_SAY(TICKET_UNKNOWN);
    }
    return row.instant == 0 ? PJWT_SAY(OK)
                            : refuse(&row, PJWT_SAY(TICKET_REVOKED), row.instant, report);
}

static pjwt_verdict
check_block(struct pjwt_store *store, const char *user, int64_t now, struct pjwt_report *report)
{
    struct standing row = {0};
    bool found = false;

    pjwt_why_set(&report->why, "%s", user);
    PJWT_TRY(look_up(store, "SELECT until,created,by,why FROM blocks WHERE user=?",
                     PJWT_ARGS(pjwt_arg_text(user)), &row, &found));
    if (!found || (row.instant != 0 && row.instant <= now)) {
        return PJWT_SAY(OK);
    }
    return refuse(&row, PJWT_SAY(USER_BLOCKED), row.instant, report);
}

/* The kinds that compare the issuer say nothing of a ticket that an admin issued, and those
 * that compare a value say nothing of a token without one. */
static bool
applies(const struct pjwt_revocation_kind *kind, const struct pjwt_grant *grant)
{
    return (!kind->iss || grant->iss[0] != '\0') &&
           (!kind->valued || ((const char *)grant)[kind->value] != '\0');
}

pjwt_verdict
pjwt_revocation_check(struct pjwt_store *store, const struct pjwt_grant *grant, int64_t now,
                      struct pjwt_report *report)
{
    static const enum pjwt_revoke order[] = {PJWT_REVOKE_JTI, PJWT_REVOKE_USER,
                                             PJWT_REVOKE_SUBJECT, PJWT_REVOKE_ISSUER,
                                             PJWT_REVOKE_KEY};

    if (grant->ticket[0] != '\0') {
        PJWT_CHECK(report, "ticket revoked", check_ticket(store, grant->ticket, report));
    }
    for (size_t i = 0; i < PJWT_COUNT(order); i++) {
        const struct pjwt_revocation_kind *kind = pjwt_revocation_kind(order[i]);

        if (applies(kind, grant)) {
            PJWT_CHECK(report, kind->check, check_kind(store, kind, grant, report));
        }
    }
    PJWT_CHECK(report, "user blocked", check_block(store, grant->user, now, report));
    return PJWT_SAY(OK);
}

/* A login that is not ours carries no date to compare, so here the revocation's own end counts:
 * by then whatever it was meant for has expired. */
static pjwt_verdict
check_user(struct pjwt_store *store, const char *user, int64_t now, struct pjwt_report *report)
{
    const struct pjwt_revocation_kind *kind = pjwt_revocation_kind(PJWT_REVOKE_USER);
    struct standing row = {0};
    bool found = false;

    pjwt_why_set(&report->why, "%s", user);
    PJWT_TRY(
        look_up(store,
                "SELECT before,created,by,why FROM revocations WHERE kind=? AND iss=''"
                " AND value=? AND (expires=0 OR expires>?)",
                PJWT_ARGS(pjwt_arg_text(kind->name), pjwt_arg_text(user), pjwt_arg_number(now)),
                &row, &found));
    return found ? refuse(&row, kind->refusal, row.instant, report) : PJWT_SAY(OK);
}

pjwt_verdict
pjwt_revocation_check_user(struct pjwt_store *store, const char *user, int64_t now,
                           struct pjwt_report *report)
{
    PJWT_CHECK(report, "user revoked", check_user(store, user, now, report));
    PJWT_CHECK(report, "user blocked", check_block(store, user, now, report));
    return PJWT_SAY(OK);
}
