/* Is a login that was accepted still good? The account check and the session check. */
#include "lib/login.h"

#include "lib/policy/age.h"
#include "lib/policy/claims.h"
#include "lib/policy/group.h"
#include "lib/store/logins.h"
#include "lib/store/revocations.h"

#include <string.h>

static void
report_grant(const struct pjwt_config *config, const struct pjwt_grant *grant,
             struct pjwt_report *report)
{
    const struct pjwt_issuer *issuer = pjwt_config_issuer_by_iss(config, grant->iss);
    const char *id = grant->ticket[0] != '\0' ? grant->ticket : grant->jti;

    pjwt_report_name(report->issuer, sizeof(report->issuer),
                     issuer == NULL ? NULL : issuer->section);
    pjwt_report_name(report->kid, sizeof(report->kid), grant->kid);
    pjwt_report_name(report->id, sizeof(report->id), id);
    report->authentic = true; /* it proved so when it was granted */
}

/* Not through us: nothing is known of how that login was authenticated, so any standing
 * revocation of the user counts. */
static pjwt_verdict
not_ours(const struct pjwt_service *service, struct pjwt_store *store,
         const struct pjwt_scene *scene, struct pjwt_report *report)
{
    PJWT_TRY(pjwt_revocation_check_user(store, scene->user, scene->now, report));
    return service->token_only ? PJWT_SAY(TOKEN_ONLY) : PJWT_SAY(NOT_OURS);
}

/* A directory that folds case lets ALICE in by alice's public key, and her block stands under
 * the other spelling. */
static pjwt_verdict
known_by_that_name(const struct pjwt_scene *scene, struct pjwt_report *report)
{
    uid_t uid = 0;

    if (scene->users->find(scene->users->context, scene->user, &uid)) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(&report->why, "%s is not how the user database spells it", scene->user);
    return PJWT_SAY(USER_UNKNOWN);
}

pjwt_verdict
pjwt_account(const struct pjwt_config *config, struct pjwt_store *store,
             const struct pjwt_scene *scene, const struct pjwt_grant *grant,
             struct pjwt_report *report)
{
    const struct pjwt_service *service = pjwt_config_service(config, scene->service);

    if (service == NULL) {
        return PJWT_SAY(SERVICE_NONE);
    }
    if (grant == NULL) {
        PJWT_TRY(known_by_that_name(scene, report));
        return not_ours(service, store, scene, report);
    }
    report_grant(config, grant, report);
    if (strcmp(grant->user, scene->user) != 0) {
        return PJWT_SAY(USER_CHANGED);
    }
    PJWT_TRY(pjwt_claims_still(grant, scene->now, report));
    PJWT_TRY(pjwt_age_check(service, grant, scene->now, report));
    PJWT_TRY(pjwt_user_check(config, scene->users, grant->user, scene->user, report));
    PJWT_TRY(pjwt_group_check(service, scene->users, grant->user, report));
    return pjwt_revocation_check(store, grant, scene->now, report);
}

/* Who stands behind a session that did not pass through us? sudo opens that of its target and
 * names the invoker in PAM_RUSER. */
static const char *
invoker_of(const struct pjwt_scene *scene)
{
    bool sudo = strncmp(scene->service, "sudo", 4) == 0;

    return sudo && scene->ruser[0] != '\0' ? scene->ruser : scene->user;
}

static pjwt_verdict
open_ours(struct pjwt_store *store, const struct pjwt_scene *scene, const char *login,
          struct pjwt_grant *grant)
{
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
    return not_ours(service, store, scene, report);
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

/* A revocation that returned before the row was there did not see it. */
static pjwt_verdict
still_stands(struct pjwt_store *store, const struct pjwt_scene *scene,
             const struct pjwt_login_row *row, struct pjwt_report *report)
{
    pjwt_verdict v = pjwt_login_stands(store, row, scene->now, report);
    pjwt_verdict removed = PJWT_SAY(UNSET);

    if (!pjwt_ok(v)) {
        removed = pjwt_login_remove(store, row->id, NULL);
        (void)removed; /* a row too many is found stale when its process has ended */
    }
    return v;
}

pjwt_verdict
pjwt_open(const struct pjwt_config *config, struct pjwt_store *store,
          const struct pjwt_scene *scene, const char *login, char opened[PJWT_HANDOFF_SIZE],
          struct pjwt_report *report)
{
    const struct pjwt_service *service = pjwt_config_service(config, scene->service);
    bool ours = login[0] != '\0';
    struct pjwt_grant grant = {0};
    struct pjwt_login_row row = {0};
    pjwt_verdict v = PJWT_SAY(UNSET);
    pjwt_verdict enrolled = PJWT_SAY(UNSET);

    if (service == NULL) {
        return PJWT_SAY(SERVICE_NONE);
    }
    if (ours) {
        PJWT_TRY(open_ours(store, scene, login, &grant));
        report_grant(config, &grant, report);
        PJWT_TRY(pjwt_claims_still(&grant, scene->now, report));
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
    PJWT_TRY(still_stands(store, scene, &row, report));
    pjwt_report_name(opened, PJWT_HANDOFF_SIZE, row.id);
    return v;
}

pjwt_verdict
pjwt_close(struct pjwt_store *store, const struct pjwt_scene *scene, const char *opened,
           struct pjwt_report *report)
{
    pjwt_report_name(report->id, sizeof(report->id), opened);
    return pjwt_login_remove(store, opened, scene->asker);
}
