/* Is this ticket good: still, here, and from there? The reading half of tickets.h. */
#include "lib/store/clock.h"
#include "lib/store/revocations.h"
#include "lib/store/ticket_row.h"

#include <inttypes.h>
#include <openssl/crypto.h>
#include <string.h>

/* The row that the ticket names, if it also knows the secret. One answer for both, and the same
 * comparison when there is no row. */
static pjwt_verdict
find_known(struct pjwt_store *store, const struct pjwt_ticket_text *typed,
           struct pjwt_ticket *row, struct pjwt_report *report)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    unsigned char hash[PJWT_TICKET_HASH] = {0};
    bool found = false;
    bool same = false;

    pjwt_why_set(&report->why, "id %s", typed->id);
    PJWT_TRY(pjwt_db_query(store, "SELECT hash," PJWT_TICKET_COLUMNS " FROM tickets WHERE id=?",
                           PJWT_ARGS(pjwt_arg_text(typed->id)), &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &found));
    if (found) {
        PJWT_TRY(pjwt_db_blob(store, stmt, 0, hash, sizeof(hash)));
    }
    same = CRYPTO_memcmp(hash, typed->hash, sizeof(hash)) == 0;
    if (!found || !same) {
        return PJWT_SAY(TICKET_UNKNOWN);
    }
    return pjwt_ticket_row_read(store, stmt, 1, row);
}

static pjwt_verdict
check_not_revoked(const struct pjwt_ticket *row, struct pjwt_report *report)
{
    if (row->revoked_at == 0) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(&report->why, "revoked by %s%s%s", row->revoked_by,
                 row->revoked_why[0] != '\0' ? ": " : "", row->revoked_why);
    report->at = row->revoked_at;
    return PJWT_SAY(TICKET_REVOKED);
}

/* One that was made while the clock was years ahead would last for those years. */
static pjwt_verdict
check_lifetime(const struct pjwt_ticket *row, int64_t now, struct pjwt_report *report)
{
    if (row->created > now && row->created - now > PJWT_CLOCK_SLACK) {
        pjwt_why_set(&report->why, "it was made %" PRId64 "s from now", row->created - now);
        return PJWT_SAY(TICKET_FUTURE);
    }
    if (row->expires > now) {
        pjwt_why_set(&report->why, "it expires in %" PRId64 "s", row->expires - now);
        return PJWT_SAY(OK);
    }
    pjwt_why_set(&report->why, "it expired %" PRId64 "s ago", now - row->expires);
    report->at = row->expires;
    return PJWT_SAY(TICKET_EXPIRED);
}

int64_t
pjwt_ticket_used(const struct pjwt_ticket *row)
{
    return row->last_used > row->created ? row->last_used : row->created;
}

bool
pjwt_ticket_is_idle(const struct pjwt_ticket *row, int64_t now)
{
    return row->idle > 0 && now - pjwt_ticket_used(row) >= row->idle;
}

static pjwt_verdict
check_idle(const struct pjwt_ticket *row, int64_t now, struct pjwt_report *report)
{
    int64_t used = pjwt_ticket_used(row);

    pjwt_why_set(&report->why, "last used %" PRId64 ", idle = %" PRId64 "s", used, row->idle);
    if (!pjwt_ticket_is_idle(row, now)) {
        return PJWT_SAY(OK);
    }
    report->at = used + row->idle;
    return PJWT_SAY(TICKET_IDLE);
}

pjwt_verdict
pjwt_ticket_stands(struct pjwt_store *store, const struct pjwt_secret *typed, int64_t now,
                   struct pjwt_ticket_text *parts, struct pjwt_ticket *row,
                   struct pjwt_report *report)
{
    PJWT_CHECK(report, "ticket form", pjwt_ticket_parse(typed, parts, report));
    PJWT_CHECK(report, "ticket known", find_known(store, parts, row, report));
    report->authentic = true;
    PJWT_CHECK(report, "ticket revoked", check_not_revoked(row, report));
    PJWT_CHECK(report, "ticket lifetime", check_lifetime(row, now, report));
    if (row->idle > 0) {
        PJWT_CHECK(report, "ticket idle", check_idle(row, now, report));
    }
    return PJWT_SAY(OK);
}

/* What cannot be read is no network, and not "every one". */
static pjwt_verdict
check_from(const struct pjwt_ticket *row, const char *rhost, struct pjwt_why *why)
{
    struct pjwt_net net = {0};

    if (!pjwt_net_parse(row->from, &net)) {
        pjwt_why_set(why, "the ticket's network is unreadable");
        return PJWT_SAY(STORE_DAMAGED);
    }
    pjwt_why_set(why, "from %.128s; the ticket is for %s",
                 rhost[0] == '\0' ? "no remote host" : rhost, row->from);
    return pjwt_net_has(&net, rhost) ? PJWT_SAY(OK) : PJWT_SAY(TICKET_FROM);
}

bool
pjwt_ticket_lists(const struct pjwt_ticket *row, const char *service)
{
    const char *services = row->services;
    size_t len = strlen(service);

    while (len > 0) {
        size_t name = strcspn(services, ",");

        if (name == len && memcmp(services, service, len) == 0) {
            return true;
        }
        if (services[name] == '\0') {
            return false;
        }
        services += name + 1;
    }
    return false;
}

static pjwt_verdict
check_service(const struct pjwt_ticket *row, const char *service, struct pjwt_report *report)
{
    pjwt_why_set(&report->why, "%s; the ticket is for %s", service, row->services);
    return pjwt_ticket_lists(row, service) ? PJWT_SAY(OK) : PJWT_SAY(TICKET_SERVICE);
}

void
pjwt_ticket_grant(const struct pjwt_ticket *row, struct pjwt_grant *grant)
{
    *grant = (struct pjwt_grant){.iat = row->iat,
                                 .auth_time = row->auth_time,
                                 .issued = row->created,
                                 .expires = row->expires,
                                 .one_time = row->one_time != 0};
    memcpy(grant->user, row->user, sizeof(grant->user));
    memcpy(grant->ticket, row->id, sizeof(grant->ticket));
    memcpy(grant->iss, row->iss, sizeof(grant->iss));
    memcpy(grant->sub, row->sub, sizeof(grant->sub));
    memcpy(grant->jti, row->jti, sizeof(grant->jti));
    memcpy(grant->kid, row->kid, sizeof(grant->kid));
}

pjwt_verdict
pjwt_ticket_check(struct pjwt_store *store, const struct pjwt_secret *typed,
                  const char *service, const char *rhost, int64_t now, struct pjwt_grant *grant,
                  struct pjwt_report *report)
{
    struct pjwt_ticket_text parts = {0};
    struct pjwt_ticket row = {0};

    PJWT_TRY(pjwt_ticket_stands(store, typed, now, &parts, &row, report));
    if (row.from[0] != '\0') {
        PJWT_CHECK(report, "ticket from", check_from(&row, rhost, &report->why));
    }
    PJWT_CHECK(report, "ticket service", check_service(&row, service, report));
    pjwt_ticket_grant(&row, grant);
    return PJWT_SAY(OK);
}
