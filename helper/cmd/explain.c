/* Would this credential be accepted, and which check decides? */
#include "helper/cmd/explain.h"

#include "helper/cmd/deciding.h"
#include "helper/cmd/input.h"
#include "helper/cmd/instant.h"
#include "helper/cmd/named_user.h"
#include "helper/cmd/open.h"
#include "helper/cmd/say.h"
#include "helper/cmd/ssh_key_file.h"
#include "helper/world.h"
#include "lib/policy/listing.h"
#include "lib/policy/nearest.h"

#include <string.h>

static enum pjwt_exit
read_at(struct pjwt_explain *e)
{
    const char *text = pjwt_flags_value(&e->cmd->args, "at");

    e->scene.now = e->cmd->now;
    if (text != NULL &&
        !pjwt_instant_parse(text, e->cmd->now, PJWT_INSTANT_FROM_NOW, &e->scene.now)) {
        return pjwt_say_usage(e->cmd,
                              "--at: %s is neither a span such as 2h nor a time such as "
                              "2026-01-31T23:59:59Z",
                              text);
    }
    return PJWT_EXIT_OK;
}

/* --service, or the only one there is. */
static enum pjwt_exit
choose_service(struct pjwt_explain *e)
{
    const struct pjwt_config *config = e->config;
    const char *given = pjwt_flags_value(&e->cmd->args, "service");
    struct pjwt_listing names = {0};

    if (given != NULL) {
        e->scene.service = given;
        return PJWT_EXIT_OK;
    }
    for (size_t i = 0; i < config->services; i++) {
        pjwt_listing_add_list(&names, &config->service[i].names);
    }
    if (config->services == 1 && config->service[0].names.count == 1) {
        e->scene.service = config->service[0].names.item[0];
        return PJWT_EXIT_OK;
    }
    return config->services == 0
               ? pjwt_say_usage(e->cmd, "--service S is missing: the config has none")
               : pjwt_say_usage(e->cmd, "--service S is missing: the config has several: %s",
                                names.text);
}

/* The judge asks this before it looks at the credential. */
static pjwt_verdict
check_service(struct pjwt_explain *e)
{
    const struct pjwt_config *config = e->config;
    const struct pjwt_service *service = pjwt_config_service(config, e->scene.service);
    struct pjwt_nearest nearest = {.word = e->scene.service};
    char words[PJWT_NEAREST_WORDS];

    if (service != NULL) {
        pjwt_checks_service(&e->checks, service, e->scene.service);
        return PJWT_SAY(OK);
    }
    for (size_t i = 0; i < config->services; i++) {
        for (size_t j = 0; j < config->service[i].names.count; j++) {
            pjwt_nearest_offer(&nearest, config->service[i].names.item[j]);
        }
    }
    pjwt_why_set(&e->report.why, "no [service %.64s] in %s%s%s", e->scene.service, config->file,
                 config->files.count > 1 ? " and its conf.d" : "",
                 pjwt_nearest_words(&nearest, words));
    (void)pjwt_checks_name(&e->checks, "service", e->scene.service, PJWT_SAY(SERVICE_NONE),
                           e->report.why.text);
    return PJWT_SAY(SERVICE_NONE);
}

/* A pjwt_checked_fn: each check with the option that it enforces. */
static void
checked(void *context, const char *check, pjwt_verdict v, const char *seen)
{
    struct pjwt_explain *e = context;

    e->checks.decided = pjwt_deciding(e->config, e->scene.service, e->report.issuer, check, v);
    pjwt_checks_add(&e->checks, check, v, seen);
}

/* With one: the very decision of a login, except that nothing is written. */
static pjwt_verdict
decide(struct pjwt_explain *e, const struct pjwt_secret *typed)
{
    char login[PJWT_HANDOFF_SIZE];

    if (!pjwt_flags_on(&e->cmd->args, "user")) {
        pjwt_named_user(e->config, e->store, e->scene.service, typed, e->user, sizeof(e->user));
    }
    return pjwt_login(e->config, e->store, &e->scene, typed, &e->grant, login, &e->report);
}

static enum pjwt_exit
start(const struct pjwt_cmd *cmd, struct pjwt_explain *e)
{
    const char *rhost = pjwt_flags_value(&cmd->args, "rhost");
    const char *key = pjwt_flags_value(&cmd->args, "ssh-key");
    char thumbprint[PJWT_THUMBPRINT_SIZE];

    e->cmd = cmd;
    pjwt_checks_start(cmd, &e->checks);
    e->checks.cures = true;
    pjwt_report_name(e->user, sizeof(e->user), pjwt_flags_value(&cmd->args, "user"));
    e->scene.users = pjwt_world_users();
    e->scene.living = pjwt_process_living();
    e->scene.boot = e->boot;
    pjwt_process_boot(e->boot);
    e->scene.user = e->user;
    e->scene.ruser = "";
    e->scene.service = "";
    e->scene.rhost = rhost == NULL ? "" : rhost;
    e->scene.ssh_auth_info = "";
    e->report.checked = checked;
    e->report.context = e;
    PJWT_OR_EXIT(read_at(e));
    if (key != NULL) {
        PJWT_OR_EXIT(pjwt_ssh_key_file(cmd, key, &e->ssh_auth_info, thumbprint));
        e->scene.ssh_auth_info = e->ssh_auth_info;
    }
    return PJWT_EXIT_OK;
}

static void
explained_clear(struct pjwt_explain *e)
{
    pjwt_checks_clear(&e->checks);
    pjwt_drop_json(&e->around);
    pjwt_drop_text(&e->ssh_auth_info);
    pjwt_drop_store(&e->store);
    pjwt_drop_config(&e->config);
}

/* Reads what was handed over; none when nobody is there to hand anything. */
static enum pjwt_exit
read_typed(struct pjwt_explain *e, struct pjwt_secret **typed)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    const struct pjwt_cmd *cmd = e->cmd;
    const char *name = cmd->args.operands > 0 ? cmd->args.operand[0] : "-";

    e->credential = cmd->args.operands > 0 || !pjwt_input_nobody();
    if (!e->credential) {
        if (!e->checks.json) {
            pjwt_say_line("No token or ticket was handed over: this is what applies to any.");
        }
        return PJWT_EXIT_OK;
    }
    PJWT_OR_EXIT(pjwt_input_read(cmd, name, PJWT_INPUT_CREDENTIAL_MAX, &text));
    pjwt_explain_hint(e, text);
    return pjwt_input_trim(cmd, text, typed);
}

/* Config and store are checks too: a login opens them first. */
static pjwt_verdict
open_config(struct pjwt_explain *e)
{
    pjwt_verdict v = pjwt_config_load(e->cmd->config, &e->config, &e->report.why);

    if (pjwt_ok(v)) {
        pjwt_why_set(&e->report.why, "%s", e->cmd->config);
    }
    return pjwt_report_check(&e->report, "config", v);
}

static pjwt_verdict
open_store(struct pjwt_explain *e)
{
    struct pjwt_clock clock = {0};
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_open_patience();
    v = pjwt_store_open(e->config->state, &e->store, &e->report.why);
    pjwt_open_patience_end();
    if (pjwt_ok(v)) {
        pjwt_why_set(&e->report.why, "%s", e->config->state);
    }
    PJWT_CHECK(&e->report, "store", v);
    pjwt_world_clock(&clock);
    PJWT_CHECK(&e->report, "clock", pjwt_clock_check(e->store, &clock, &e->report.why));
    return PJWT_SAY(OK);
}

/* In the order of the judge. Without a credential every part is shown that is there. */
static pjwt_verdict
explain(struct pjwt_explain *e, const struct pjwt_secret *typed)
{
    pjwt_verdict v = check_service(e);
    struct pjwt_why why = e->report.why;
    pjwt_verdict around = PJWT_SAY(UNSET);

    if (pjwt_ok(v)) {
        v = open_store(e);
        why = e->report.why;
    }
    if (pjwt_ok(v) && e->credential) {
        return decide(e, typed);
    }
    if (!e->credential) {
        around = pjwt_explain_around(e);
        if (!pjwt_ok(v)) {
            e->report.why = why; /* the first refusal counts */
        }
        v = pjwt_ok(v) ? around : v;
    }
    return v;
}

enum pjwt_exit
pjwt_explain_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(secret) struct pjwt_secret *typed = NULL;
    struct pjwt_explain e __attribute__((cleanup(explained_clear))) = {0};
    const char *reason = pjwt_flags_value(&cmd->args, "reason");
    const char *attempt = pjwt_flags_value(&cmd->args, "attempt");
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (cmd->args.operands > 0 && (reason != NULL || attempt != NULL)) {
        return pjwt_say_usage(cmd, "--reason and --attempt take no token or ticket");
    }
    if (reason != NULL || attempt != NULL) {
        return reason != NULL ? pjwt_explain_reason(cmd, reason)
                              : pjwt_explain_attempt(cmd, attempt);
    }
    PJWT_OR_EXIT(start(cmd, &e));
    PJWT_OR_EXIT(read_typed(&e, &typed));
    v = open_config(&e);
    if (pjwt_ok(v)) {
        PJWT_OR_EXIT(choose_service(&e));
        v = explain(&e, typed);
    }
    return pjwt_explain_conclude(&e, v);
}
