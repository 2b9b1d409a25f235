/* What may become of a token that would log in here? */
#include "lib/exchange.h"

#include "lib/base/json.h"
#include "lib/policy/demands.h"

#include <string.h>

/* A ticket made of a ticket would outlive what the first one rests on. */
static pjwt_verdict
check_kind(const struct pjwt_secret *typed, struct pjwt_why *why)
{
    size_t len = strlen(PJWT_TICKET_PREFIX);

    if (pjwt_secret_len(typed) >= len &&
        memcmp(pjwt_secret_bytes(typed), PJWT_TICKET_PREFIX, len) == 0) {
        pjwt_why_set(why, "a ticket; only a token is exchanged, and a ticket is renewed");
        return PJWT_SAY(KIND_REFUSED);
    }
    pjwt_why_set(why, "no service accepts tokens");
    return PJWT_SAY(OK);
}

/* Does this refusal only say that another service must be asked? */
static bool
not_its_issuer(pjwt_verdict v)
{
    return v.reason == PJWT_ISSUER_REFUSED || v.reason == PJWT_ENCRYPTED;
}

/* Nothing is written: `asker` is nobody. */
static pjwt_verdict
would_log_in(const struct pjwt_config *config, struct pjwt_store *store,
             const struct pjwt_exchange *wanted, const struct pjwt_secret *typed, char **claims,
             struct pjwt_grant *grant, const char **asked, struct pjwt_report *report)
{
    struct pjwt_scene scene = {.now = wanted->now,
                               .users = wanted->users,
                               .user = wanted->user,
                               .ruser = "",
                               .rhost = "",
                               .claims = claims};
    pjwt_verdict v = PJWT_SAY(KIND_REFUSED);
    char none[PJWT_HANDOFF_SIZE];

    for (size_t i = 0; i < config->services; i++) {
        if (!config->service[i].jwt) {
            continue;
        }
        *report = (struct pjwt_report){0};
        scene.service = config->service[i].names.item[0];
        *asked = scene.service;
        v = pjwt_login(config, store, &scene, typed, grant, none, report);
        if (!not_its_issuer(v)) {
            return v;
        }
    }
    return v;
}

/* As the service will ask when the ticket is typed there. */
static pjwt_verdict
check_service(const struct pjwt_config *config, const struct pjwt_service *service,
              const json_t *claims, const struct pjwt_grant *as_ticket, int64_t now,
              struct pjwt_report *report)
{
    if (service == NULL) {
        return PJWT_SAY(SERVICE_NONE);
    }
    if (!service->ticket) {
        pjwt_why_set(&report->why, "a ticket; `accept` of this service does not list it");
        return PJWT_SAY(KIND_REFUSED);
    }
    return pjwt_demands_check(pjwt_config_issuer_by_iss(config, as_ticket->iss), service,
                              claims, as_ticket, now, report);
}

static pjwt_verdict
check_services(const struct pjwt_config *config, const struct pjwt_exchange *wanted,
               const char *text, const struct pjwt_grant *grant, const char **asked,
               struct pjwt_report *report)
{
    PJWT_AUTO(json) json_t *claims = NULL;
    struct pjwt_grant as_ticket = *grant;

    PJWT_TRY(pjwt_json_object(text, strlen(text), &claims));
    as_ticket.leeway = 0; /* a ticket has none */
    pjwt_report_name(as_ticket.ticket, sizeof(as_ticket.ticket), "to be made");
    for (size_t i = 0; i < wanted->services->count; i++) {
        *asked = wanted->services->item[i];
        PJWT_TRY(check_service(config, pjwt_config_service(config, *asked), claims, &as_ticket,
                               wanted->now, report));
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_exchange(const struct pjwt_config *config, struct pjwt_store *store,
              const struct pjwt_exchange *wanted, const struct pjwt_secret *typed,
              struct pjwt_ticket *row, struct pjwt_secret **text, const char **asked,
              struct pjwt_report *report)
{
    PJWT_AUTO(text) char *claims = NULL;
    struct pjwt_ticket made = *row;
    struct pjwt_grant grant = {0};

    *asked = NULL;
    PJWT_TRY(check_kind(typed, &report->why));
    PJWT_TRY(would_log_in(config, store, wanted, typed, &claims, &grant, asked, report));
    if (claims == NULL) {
        return PJWT_SAY(INTERNAL); /* only a token has them, and only a token came so far */
    }
    PJWT_TRY(check_services(config, wanted, claims, &grant, asked, report));
    *asked = NULL;
    made.claims = claims;
    PJWT_TRY(pjwt_ticket_exchange(store, &made, &grant, text, report));
    made.claims = NULL;
    *row = made;
    return PJWT_SAY(OK);
}
