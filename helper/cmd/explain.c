/* Would this credential be accepted, and which check decides? */
#include "helper/cmd/checks.h"
#include "helper/cmd/input.h"
#include "helper/cmd/instant.h"
#include "helper/cmd/named_user.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "helper/world.h"
#include "lib/login.h"
#include "lib/store/revocations.h"

#include <stdio.h>
#include <string.h>

#define USER_BYTES 256 /* as long as PAM_USER may be */

/* What the line below the checks and the JSON around them are made of. */
struct explained {
    struct pjwt_checks checks;
    struct pjwt_scene scene;
    struct pjwt_report report;
    struct pjwt_grant grant;
    char user[USER_BYTES];
    bool credential; /* one was handed over */
};

/* Here a file that a login cannot use is the login's reason, not ours. */
static enum pjwt_exit
status_of(pjwt_verdict v)
{
    enum pjwt_class class = pjwt_class_of(v);

    if (pjwt_ok(v)) {
        return PJWT_EXIT_OK;
    }
    return class == PJWT_CLASS_DENY || class == PJWT_CLASS_EXPIRED ||
                   v.reason == PJWT_SERVICE_NONE
               ? PJWT_EXIT_REFUSED
               : PJWT_EXIT_UNAVAILABLE;
}

static void
print_json(const struct explained *e, pjwt_verdict v)
{
    PJWT_AUTO(json)
    json_t *object =
        json_pack("{s:b, s:s, s:s, s:b, s:O}", "accepted", pjwt_ok(v) && e->credential, "code",
                  pjwt_code(v), "text", pjwt_text(v), "authentic", e->report.authentic,
                  "checks", e->checks.rows);

    pjwt_output_set(object, "why", pjwt_ok(v) ? NULL : e->report.why.text);
    pjwt_output_set(object, "service", e->scene.service);
    pjwt_output_set(object, "user", e->scene.user);
    pjwt_output_set_time(object, "at", e->scene.now);
    pjwt_output_set(object, "issuer", e->report.issuer);
    pjwt_output_set(object, "kid", e->report.kid);
    pjwt_output_set(object, "id", e->report.id);
    pjwt_output_set_time(object, "decided_by", e->report.at);
    pjwt_output_set_time(object, "expires", e->grant.expires);
    pjwt_output_json(object, true);
}

static enum pjwt_exit
conclude(const struct pjwt_cmd *cmd, const struct explained *e, pjwt_verdict v)
{
    const char *word = !pjwt_ok(v)     ? "refused"
                       : e->credential ? "accepted"
                                       : "nothing stands against a login";
    bool more = !pjwt_ok(v) && e->report.why.text[0] != '\0';

    if (e->checks.json) {
        print_json(e, v);
        return status_of(v);
    }
    if (status_of(v) == PJWT_EXIT_UNAVAILABLE) {
        (void)fflush(stdout);
        (void)pjwt_say_verdict(cmd, v, &e->report.why);
        return PJWT_EXIT_UNAVAILABLE;
    }
    (void)printf("%s: %s: %s%s%s%s\n", word, pjwt_code(v), pjwt_text(v), more ? " (" : "",
                 more ? e->report.why.text : "", more ? ")" : "");
    return status_of(v);
}

static enum pjwt_exit
read_at(const struct pjwt_cmd *cmd, int64_t *at)
{
    const char *text = pjwt_flags_value(&cmd->args, "at");

    *at = cmd->now;
    if (text != NULL && !pjwt_instant_parse(text, cmd->now, PJWT_INSTANT_FROM_NOW, at)) {
        return pjwt_say_usage(cmd,
                              "--at: %s is neither a span such as 2h nor a time such as "
                              "2026-01-31T23:59:59Z",
                              text);
    }
    return PJWT_EXIT_OK;
}

/* --service, or the only one there is. */
static enum pjwt_exit
choose_service(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
               const char **service)
{
    *service = pjwt_flags_value(&cmd->args, "service");
    if (*service != NULL) {
        return PJWT_EXIT_OK;
    }
    if (config->services == 1 && config->service[0].names.count == 1) {
        *service = config->service[0].names.item[0];
        return PJWT_EXIT_OK;
    }
    return pjwt_say_usage(cmd, "--service S is missing: the config has %s",
                          config->services == 0 ? "none" : "several");
}

static void
look_at_user(const struct pjwt_config *config, struct pjwt_store *store, struct explained *e)
{
    const struct pjwt_scene *scene = &e->scene;
    pjwt_verdict v =
        pjwt_user_check(config, scene->users, scene->user, scene->user, &e->report);

    if (pjwt_ok(v)) {
        v = pjwt_revocation_check_user(store, scene->user, scene->now, &e->report);
    }
    (void)v; /* it stands among the checks */
}

/* Without a credential: what applies to that service and user. Every check is shown. */
static pjwt_verdict
look_around(const struct pjwt_config *config, struct pjwt_store *store, struct explained *e)
{
    const struct pjwt_service *service = pjwt_config_service(config, e->scene.service);

    if (service != NULL) {
        pjwt_checks_service(&e->checks, service, e->scene.service);
    } else {
        (void)pjwt_checks_name(&e->checks, "service", e->scene.service, PJWT_SAY(SERVICE_NONE),
                               "");
    }
    if (service != NULL && service->jwt) {
        pjwt_checks_issuers(&e->checks, config, service);
    }
    if (e->scene.user[0] != '\0') {
        look_at_user(config, store, e);
    }
    return e->checks.first;
}

/* With one: the very decision of a login, except that nothing is written. */
static pjwt_verdict
decide(const struct pjwt_cmd *cmd, const struct pjwt_config *config, struct pjwt_store *store,
       const struct pjwt_secret *typed, struct explained *e)
{
    char login[PJWT_HANDOFF_SIZE];

    if (!pjwt_flags_on(&cmd->args, "user")) {
        pjwt_named_user(config, store, e->scene.service, typed, e->user, sizeof(e->user));
    }
    return pjwt_login(config, store, &e->scene, typed, &e->grant, login, &e->report);
}

static void
start(const struct pjwt_cmd *cmd, struct explained *e)
{
    const char *rhost = pjwt_flags_value(&cmd->args, "rhost");

    pjwt_report_name(e->user, sizeof(e->user), pjwt_flags_value(&cmd->args, "user"));
    e->scene.users = pjwt_world_users();
    e->scene.user = e->user;
    e->scene.ruser = "";
    e->scene.rhost = rhost == NULL ? "" : rhost;
    e->report.checked = pjwt_checks_add;
    e->report.context = &e->checks;
}

static void
explained_clear(struct explained *e)
{
    pjwt_checks_clear(&e->checks);
}

/* Reads what was handed over; none when nobody is there to hand anything. */
static enum pjwt_exit
read_typed(const struct pjwt_cmd *cmd, struct explained *e, struct pjwt_secret **typed)
{
    const char *name = cmd->args.operands > 0 ? cmd->args.operand[0] : "-";

    e->credential = cmd->args.operands > 0 || !pjwt_input_nobody();
    return e->credential ? pjwt_input_credential(cmd, name, typed) : PJWT_EXIT_OK;
}

/* Config and store are checks too: a login opens them first. */
static pjwt_verdict
open_config(const struct pjwt_cmd *cmd, struct pjwt_config **config, struct explained *e)
{
    pjwt_verdict v = pjwt_config_load(cmd->config, config, &e->report.why);

    if (pjwt_ok(v)) {
        pjwt_why_set(&e->report.why, "%s", cmd->config);
    }
    return pjwt_report_check(&e->report, "config", v);
}

static pjwt_verdict
open_store(const struct pjwt_config *config, struct pjwt_store **store, struct explained *e)
{
    struct pjwt_clock clock = {0};
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_open_patience();
    v = pjwt_store_open(config->state, store, &e->report.why);
    pjwt_open_patience_end();
    if (pjwt_ok(v)) {
        pjwt_why_set(&e->report.why, "%s", config->state);
    }
    PJWT_CHECK(&e->report, "store", v);
    pjwt_world_clock(&clock);
    PJWT_CHECK(&e->report, "clock", pjwt_clock_check(*store, &clock, &e->report.why));
    return PJWT_SAY(OK);
}

enum pjwt_exit
pjwt_explain_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *typed = NULL;
    struct explained e __attribute__((cleanup(explained_clear))) = {0};
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_checks_start(cmd, &e.checks);
    start(cmd, &e);
    PJWT_OR_EXIT(read_at(cmd, &e.scene.now));
    PJWT_OR_EXIT(read_typed(cmd, &e, &typed));
    v = open_config(cmd, &config, &e);
    if (pjwt_ok(v)) {
        PJWT_OR_EXIT(choose_service(cmd, config, &e.scene.service));
        v = open_store(config, &store, &e);
    }
    if (pjwt_ok(v)) {
        v = e.credential ? decide(cmd, config, store, typed, &e)
                         : look_around(config, store, &e);
    }
    return conclude(cmd, &e, v);
}
