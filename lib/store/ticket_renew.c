/* How does a ticket become younger? The id stays, the secret is another. */
#include "lib/store/change.h"
#include "lib/store/replay.h"
#include "lib/store/revocations.h"
#include "lib/store/ticket_row.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* One that can end no later is not renewed: a new secret for nothing would only lose the old
 * one. */
static pjwt_verdict
check_renewable(const struct pjwt_ticket *row, struct pjwt_report *report)
{
    if (row->renewable_until == 0) {
        pjwt_why_set(&report->why, "it was made as one that is not renewable");
        return PJWT_SAY(TICKET_FIXED);
    }
    pjwt_why_set(&report->why, "renewable until %" PRId64 ", expires %" PRId64,
                 row->renewable_until, row->expires);
    if (row->renewable_until <= row->expires) {
        report->at = row->renewable_until;
        return PJWT_SAY(TICKET_FIXED);
    }
    return PJWT_SAY(OK);
}

/* One that was made before its lifetime was kept was never renewed. */
static int64_t
new_end(const struct pjwt_ticket *row, int64_t now)
{
    int64_t lifetime = row->lifetime > 0 ? row->lifetime : row->expires - row->created;
    int64_t end = row->renewable_until - now < lifetime ? row->renewable_until : now + lifetime;

    return end > row->expires ? end : row->expires;
}

/* The old hash is compared: of two who renew at once, one has the ticket. */
static pjwt_verdict
replace(struct pjwt_store *store, const struct pjwt_ticket *row, const unsigned char *before,
        const unsigned char *hash)
{
    long changes = 0;

    PJWT_TRY(pjwt_db_run(
        store, "UPDATE tickets SET hash=?,expires=?,last_used=? WHERE id=? AND hash=?",
        PJWT_ARGS(pjwt_arg_blob(hash, PJWT_TICKET_HASH), pjwt_arg_number(row->expires),
                  pjwt_arg_number(row->last_used), pjwt_arg_text(row->id),
                  pjwt_arg_blob(before, PJWT_TICKET_HASH)),
        &changes));
    return changes == 1 ? PJWT_SAY(OK) : PJWT_SAY(TICKET_UNKNOWN);
}

/* What rests on the ticket ends with it: the logins that are open, and those between their
 * check and their session. None ends sooner than before, because no ticket does. */
static pjwt_verdict
prolong(struct pjwt_store *store, const struct pjwt_ticket *row)
{
    static const char *const each[] = {"UPDATE logins SET expires=? WHERE ticket=?",
                                       "UPDATE handoffs SET expires=? WHERE ticket=?"};

    for (size_t i = 0; i < PJWT_COUNT(each); i++) {
        PJWT_TRY(pjwt_db_run(store, each[i],
                             PJWT_ARGS(pjwt_arg_number(row->expires), pjwt_arg_text(row->id)),
                             NULL));
    }
    return PJWT_SAY(OK);
}

/* A renewal that is forgotten would make the old secret good again, as a spent one. */
static pjwt_verdict
commit(struct pjwt_store *store, const struct pjwt_ticket *row, const unsigned char *before,
       const unsigned char *hash, int64_t now, struct pjwt_report *report)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    char object[PJWT_AUDIT_OBJECT];
    struct pjwt_grant grant = {0};

    pjwt_ticket_grant(row, &grant);
    (void)snprintf(object, sizeof(object), "%s %s", row->id, row->user);
    PJWT_TRY(pjwt_change_begin_as(&change, store, PJWT_CHANGE_SPEND));
    PJWT_TRY(replace(store, row, before, hash));
    PJWT_TRY(prolong(store, row));
    /* It may have stood in line behind a revocation that has returned meanwhile. */
    PJWT_TRY(pjwt_revocation_check(store, &grant, now, report));
    PJWT_TRY(pjwt_audit_put(&change, "ticket renew", object, ""));
    return pjwt_change_commit(&change);
}

pjwt_verdict
pjwt_ticket_renew(struct pjwt_store *store, const struct pjwt_secret *typed, int64_t now,
                  struct pjwt_ticket *row, struct pjwt_secret **text,
                  struct pjwt_report *report)
{
    PJWT_AUTO(secret) struct pjwt_secret *made = NULL;
    struct pjwt_ticket_text before = {0};
    struct pjwt_ticket_text after = {0};
    struct pjwt_ticket renewed = {0};
    struct pjwt_grant grant = {0};

    PJWT_TRY(pjwt_ticket_stands(store, typed, now, &before, &renewed, report));
    pjwt_ticket_grant(&renewed, &grant);
    PJWT_TRY(pjwt_replay_check(store, &grant, report));
    PJWT_TRY(pjwt_revocation_check(store, &grant, now, report));
    PJWT_CHECK(report, "ticket renewable", check_renewable(&renewed, report));
    PJWT_TRY(pjwt_ticket_remake(renewed.id, &made, &after));
    renewed.expires = new_end(&renewed, now);
    renewed.last_used = now > renewed.last_used ? now : renewed.last_used;
    PJWT_TRY(commit(store, &renewed, before.hash, after.hash, now, report));
    *row = renewed;
    *text = pjwt_take(made);
    return PJWT_SAY(OK);
}
