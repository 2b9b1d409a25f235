/* Does a login get a ticket of its own, and is it still that login's? */
#include "lib/login_ticket.h"

#include "lib/base/json.h"
#include "lib/policy/claim.h"
#include "lib/store/tickets.h"

#include <stdio.h>
#include <string.h>

#define SWEEP_MOST 64 /* files that one login looks at */
#define NO_CLAIMS  "what the token said was not kept: the session file may need `pamjwt init`"

_Static_assert(PJWT_TICKET_LOGIN_SIZE == PJWT_LOGIN_ID_LEN + 1, "the id of a login fits");

/* A session that is not the own one of who authenticated, as sudo's, needs none; and a login by
 * ticket has one already. */
static bool
wants_one(const struct pjwt_service *service, const struct pjwt_login_row *row)
{
    return service != NULL && service->login_ticket > 0 && row->ours != 0 &&
           row->grant.ticket[0] == '\0' && strcmp(row->user, row->target) == 0;
}

static bool
join(const struct pjwt_list *names, char *out, size_t size)
{
    size_t used = 0;

    for (size_t i = 0; i < names->count; i++) {
        int n = snprintf(out + used, size - used, "%s%s", i == 0 ? "" : ",", names->item[i]);

        if (n < 0 || (size_t)n >= size - used) {
            return false;
        }
        used += (size_t)n;
    }
    return true;
}

/* Whoever cannot be found or written for gets none. */
static bool
write_file(const struct pjwt_config *config, const struct pjwt_scene *scene,
           const struct pjwt_login_row *row, const struct pjwt_secret *text,
           char file[PJWT_TICKET_FILE_MAX], struct pjwt_why *why)
{
    uid_t uid = 0;

    if (!scene->users->find(scene->users->context, row->target, &uid)) {
        pjwt_why_set(why, "%s is not in the user database", row->target);
        return false;
    }
    return pjwt_ticket_file_put(config->run, row->id, uid, text, file, why);
}

/* When the person signed in, for max_auth_age: the claims say so, and a grant that came by way
 * of the store does not. They were proved and checked once. */
static pjwt_verdict
read_sign_in(const char *claims, int64_t *auth_time, struct pjwt_why *why)
{
    PJWT_AUTO(json) json_t *read = NULL;
    pjwt_verdict v = pjwt_json_object(claims, strlen(claims), &read);
    const json_t *said = pjwt_ok(v) ? json_object_get(read, "auth_time") : NULL;

    if (said != NULL) {
        v = pjwt_claim_time(said, "auth_time", auth_time, why);
    }
    return pjwt_class_of(v) == PJWT_CLASS_DENY ? PJWT_SAY(STORE_DAMAGED) : v;
}

static pjwt_verdict
mint(const struct pjwt_service *service, struct pjwt_store *store,
     const struct pjwt_scene *scene, const struct pjwt_login_row *row, const char *claims,
     struct pjwt_ticket *ticket, struct pjwt_secret **text, struct pjwt_report *report)
{
    struct pjwt_grant from = row->grant;

    if (claims == NULL) {
        return PJWT_SAY(NOT_FOUND); /* `require` would refuse such a ticket, and say little */
    }
    *ticket = (struct pjwt_ticket){
        .created = scene->now, .expires = scene->now + service->login_ticket, .claims = claims};
    (void)snprintf(ticket->note, sizeof(ticket->note), "login %s by %s", row->id,
                   scene->service);
    if (!join(&service->login_ticket_for, ticket->services, sizeof(ticket->services))) {
        pjwt_why_set(&report->why, "login_ticket_for is too long for a ticket");
        return PJWT_SAY(INTERNAL);
    }
    PJWT_TRY(read_sign_in(claims, &from.auth_time, &report->why));
    return pjwt_ticket_for_login(store, ticket, row->id, &from, text, report);
}

/* What the log says of a login without the ticket that it should have. */
static void
tell_none(pjwt_verdict v, struct pjwt_report *report)
{
    char why[PJWT_WHY_MAX];

    (void)snprintf(why, sizeof(why), "%s", report->why.text);
    pjwt_why_set(&report->why, "no login ticket: %s",
                 v.reason == PJWT_NOT_FOUND ? NO_CLAIMS
                 : why[0] != '\0'           ? why
                                            : pjwt_text(v));
}

static bool
is_a_revocation(pjwt_verdict v)
{
    return pjwt_class_of(v) == PJWT_CLASS_DENY && v.reason != PJWT_NOT_FOUND;
}

pjwt_verdict
pjwt_login_ticket_make(const struct pjwt_config *config, struct pjwt_store *store,
                       const struct pjwt_scene *scene, const struct pjwt_login_row *row,
                       const char *claims, char file[PJWT_TICKET_FILE_MAX],
                       struct pjwt_report *report)
{
    const struct pjwt_service *service = pjwt_config_service(config, scene->service);
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_ticket ticket = {.id = ""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    file[0] = '\0';
    if (!wants_one(service, row)) {
        return PJWT_SAY(OK);
    }
    pjwt_login_ticket_sweep(config, store, scene->living, scene->boot, SWEEP_MOST);
    v = mint(service, store, scene, row, claims, &ticket, &text, report);
    if (is_a_revocation(v)) {
        return v;
    }
    if (!pjwt_ok(v) || !write_file(config, scene, row, text, file, &report->why)) {
        tell_none(v, report); /* a ticket whose text nobody has is good for nothing */
        return PJWT_SAY(OK);
    }
    pjwt_why_set(&report->why, "login ticket %s for %s", ticket.id, ticket.services);
    return PJWT_SAY(OK);
}

static bool
is_open(const struct pjwt_login_row *row, const struct pjwt_living *living, const char *boot)
{
    return strcmp(row->boot, boot) == 0 &&
           living->lives(living->context, row->pid, row->started);
}

static pjwt_verdict
check_open(struct pjwt_store *store, const struct pjwt_scene *scene, const char *login,
           struct pjwt_report *report)
{
    struct pjwt_login_row row = {.id = ""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_why_set(&report->why, "it was made for login %s", login);
    if (scene->living == NULL || scene->boot == NULL) {
        return PJWT_SAY(INTERNAL);
    }
    v = pjwt_login_get(store, login, &row);
    if (v.reason == PJWT_NOT_FOUND) {
        return PJWT_SAY(TICKET_LOGIN);
    }
    PJWT_TRY(v);
    return is_open(&row, scene->living, scene->boot) ? PJWT_SAY(OK) : PJWT_SAY(TICKET_LOGIN);
}

pjwt_verdict
pjwt_login_ticket_check(struct pjwt_store *store, const struct pjwt_scene *scene,
                        const char *id, struct pjwt_report *report)
{
    char login[PJWT_TICKET_LOGIN_SIZE] = "";

    if (id[0] != '\0') {
        PJWT_TRY(pjwt_ticket_login(store, id, login));
    }
    if (login[0] != '\0') {
        PJWT_CHECK(report, "ticket's login", check_open(store, scene, login, report));
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_login_over(const struct pjwt_config *config, struct pjwt_store *store, const char *id,
                const struct pjwt_asker *asker, int64_t now)
{
    bool had_ticket = false;

    PJWT_TRY(pjwt_login_remove(store, id, asker, now, &had_ticket));
    if (had_ticket) {
        pjwt_ticket_file_remove(config->run, id);
    }
    return PJWT_SAY(OK);
}

struct sweeping {
    struct pjwt_store *store;
    const struct pjwt_living *living;
    const char *boot;
};

/* A file is kept when the store does not say. */
static bool
is_wanted(void *context, const char *login)
{
    const struct sweeping *s = context;
    struct pjwt_login_row row = {.id = ""};
    pjwt_verdict v = pjwt_login_get(s->store, login, &row);

    return pjwt_ok(v) ? is_open(&row, s->living, s->boot) : v.reason != PJWT_NOT_FOUND;
}

void
pjwt_login_ticket_sweep(const struct pjwt_config *config, struct pjwt_store *store,
                        const struct pjwt_living *living, const char *boot, size_t most)
{
    struct sweeping sweeping = {.store = store, .living = living, .boot = boot};

    if (living != NULL && boot != NULL) {
        pjwt_ticket_file_sweep(config->run, most, is_wanted, &sweeping);
    }
}
