/* May this session open, and what is left of it when it closes? */
#include "lib/account.h"
#include "lib/login_ticket.h"
#include "lib/policy/claims.h"
#include "lib/policy/group.h"
#include "lib/store/handoff_claims.h"
#include "lib/store/logins.h"
#include "lib/store/revocations.h"

#include <string.h>

/* Who stands behind a session that did not pass through us? sudo opens that of its target and
 * names the invoker in PAM_RUSER. */
static const char *
invoker_of(const struct pjwt_scene *scene)
{
    bool sudo = strncmp(scene->service, "sudo", 4) == 0;

    return sudo && scene->ruser[0] != '\0' ? scene->ruser : scene->user;
}

/* The claims are for the login's own ticket alone. */
static pjwt_verdict
open_ours(const struct pjwt_service *service, struct pjwt_store *store,
          const struct pjwt_scene *scene, const char *login, struct pjwt_grant *grant,
          char **claims)
{
    if (service->login_ticket > 0) {
        PJWT_TRY(pjwt_handoff_claims(store, login, claims));
    }
    return pjwt_handoff_take(store, login, scene->user, scene->ruser, scene->service,
                             scene->asker, scene->now, grant);
}

static pjwt_verdict
open_not_ours(const struct pjwt_service *service, struct pjwt_store *store,
              const struct pjwt_scene *scene, struct pjwt_grant *grant,
              struct pjwt_report *report)
{
    pjwt_report_name(grant->service, sizeof(grant->service), scene->service);
    if (scene->ruser[0] != '\0') {
        PJWT_TRY(pjwt_revocation_check_user(store, scene->ruser, scene->now, report));
    }
    return pjwt_account_not_ours(service, store, scene, report);
}

/* So that it is seen, and ended when what it rests on is revoked. */
static pjwt_verdict
enroll(struct pjwt_store *store, const struct pjwt_scene *scene, const struct pjwt_grant *grant,
       bool ours, struct pjwt_login_row *row)
{
    *row = (struct pjwt_login_row){.ours = ours, .opened = scene->now, .grant = *grant};
    if (scene->asker == NULL) {
        return PJWT_SAY(INTERNAL); /* a session without a process is none */
    }
    row->pid = scene->asker->pid;
    row->started = (int64_t)scene->asker->started;
    pjwt_report_name(row->user, sizeof(row->user), ours ? grant->user : invoker_of(scene));
    pjwt_report_name(row->target, sizeof(row->target), scene->user);
    pjwt_report_name(row->tty, sizeof(row->tty), scene->tty);
    pjwt_report_name(row->rhost, sizeof(row->rhost), scene->rhost);
    pjwt_report_name(row->boot, sizeof(row->boot), scene->boot);
    return pjwt_login_add(store, row);
}

/* A revocation that returned before the row was there did not see it. What is open now gets its
 * own ticket. */
static pjwt_verdict
settle(const struct pjwt_config *config, struct pjwt_store *store,
       const struct pjwt_scene *scene, const struct pjwt_login_row *row, const char *claims,
       char file[PJWT_TICKET_FILE_MAX], struct pjwt_report *report)
{
    pjwt_verdict v = pjwt_login_stands(store, row, scene->now, report);
    pjwt_verdict removed = PJWT_SAY(UNSET);

    if (pjwt_ok(v)) {
        v = pjwt_login_ticket_make(config, store, scene, row, claims, file, report);
    }
    if (!pjwt_ok(v)) {
        removed = pjwt_login_over(config, store, row->id, NULL, scene->now);
        (void)removed; /* a row too many is found stale when its process has ended */
    }
    return v;
}

pjwt_verdict
pjwt_open(const struct pjwt_config *config, struct pjwt_store *store,
          const struct pjwt_scene *scene, const char *login, char opened[PJWT_HANDOFF_SIZE],
          char file[PJWT_TICKET_FILE_MAX], struct pjwt_report *report)
{
    const struct pjwt_service *service = pjwt_config_service(config, scene->service);
    PJWT_AUTO(text) char *claims = NULL;
    bool ours = login[0] != '\0';
    struct pjwt_grant grant = {0};
    struct pjwt_login_row row = {0};
    pjwt_verdict v = PJWT_SAY(UNSET);
    pjwt_verdict enrolled = PJWT_SAY(UNSET);

    if (service == NULL) {
        return PJWT_SAY(SERVICE_NONE);
    }
    if (ours) {
        PJWT_TRY(open_ours(service, store, scene, login, &grant, &claims));
        pjwt_account_report(config, &grant, report);
        PJWT_TRY(pjwt_claims_still(&grant, scene->now, report));
        PJWT_TRY(pjwt_login_ticket_check(store, scene, grant.ticket, report));
    }
    v = ours ? pjwt_group_check(service, scene->users, grant.user, report)
             : open_not_ours(service, store, scene, &grant, report);
    if (!pjwt_ok(v) && v.reason != PJWT_NOT_OURS) {
        return v;
    }
    enrolled = enroll(store, scene, &grant, ours, &row);
    if (!pjwt_ok(enrolled)) {
        pjwt_why_set(&report->why, "not in the list of logins: %s", pjwt_text(enrolled));
        return ours ? enrolled : v;
    }
    PJWT_TRY(settle(config, store, scene, &row, claims, file, report));
    pjwt_report_name(opened, PJWT_HANDOFF_SIZE, row.id);
    return v;
}

pjwt_verdict
pjwt_close(const struct pjwt_config *config, struct pjwt_store *store,
           const struct pjwt_scene *scene, const char *opened, struct pjwt_report *report)
{
    pjwt_report_name(report->id, sizeof(report->id), opened);
    return pjwt_login_over(config, store, opened, scene->asker, scene->now);
}
