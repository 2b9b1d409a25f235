/* Would a stack of pam.d let through what the module refused? */
#include "helper/lint/pam_known.h"
#include "helper/lint/pam_reach.h"
#include "helper/lint/pam_rules.h"
#include "helper/lint/sshd.h"
#include "helper/lint/sudo.h"
#include "helper/lint/tree.h"
#include "helper/lint/way_in.h"
#include "lib/policy/list.h"
#include "lib/policy/listing.h"

#include <security/_pam_types.h>
#include <string.h>

#define LIST_SCOPE __attribute__((cleanup(pjwt_list_clear)))

/* What the module may answer when it does not say yes, and what libpam puts in its place when
 * it is missing: pam_jwt(8), RETURN VALUES. */
static const int refusals[PJWT_PAM_PHASES][12] = {
    [PJWT_PAM_AUTH] = {PAM_AUTH_ERR, PAM_SERVICE_ERR, PAM_AUTHINFO_UNAVAIL, PAM_SYSTEM_ERR,
                       PAM_CONV_ERR, PAM_BUF_ERR, PAM_MODULE_UNKNOWN},
    [PJWT_PAM_ACCOUNT] = {PAM_PERM_DENIED, PAM_ACCT_EXPIRED, PAM_AUTH_ERR, PAM_SERVICE_ERR,
                          PAM_SYSTEM_ERR, PAM_BUF_ERR, PAM_MODULE_UNKNOWN},
    [PJWT_PAM_SESSION] = {PAM_PERM_DENIED, PAM_SERVICE_ERR, PAM_SYSTEM_ERR, PAM_BUF_ERR,
                          PAM_MODULE_UNKNOWN},
};

/* The answers of ours with which the stack can pass; with a '-' in front of the line a missing
 * module counts as one that abstains. */
static void
list_passing(const struct pjwt_pam_stack *stack, struct pjwt_pam_question q, bool quiet,
             struct pjwt_listing *passing, bool *skipped)
{
    for (const int *code = refusals[q.phase]; *code != PAM_SUCCESS; code++) {
        struct pjwt_pam_reach reach = {false, false};

        q.ours = *code;
        reach = pjwt_pam_reach(stack, &q);
        *skipped = *skipped || reach.skipped;
        if (reach.called) {
            pjwt_listing_add(passing, pjwt_pam_code_name(*code));
        }
    }
    q.ours = PAM_IGNORE;
    if (quiet && pjwt_pam_reach(stack, &q).called) {
        pjwt_listing_add(passing, "a missing module");
    }
}

static void
check_auth(struct pjwt_lint *lint, const char *name, const struct pjwt_pam_stack *stack)
{
    const struct pjwt_pam_handler *ours = pjwt_pam_ours(stack, PJWT_PAM_AUTH);
    struct pjwt_pam_question q = {.phase = PJWT_PAM_AUTH};
    struct pjwt_listing sure = {0};
    struct pjwt_listing unsure = {0};
    bool skipped = false;
    bool ignored = false;

    list_passing(stack, q, ours->quiet, &sure, &skipped);
    q.unknown_pass = true;
    list_passing(stack, q, ours->quiet, &unsure, &ignored);
    if (sure.text[0] != '\0') {
        pjwt_lint_add(lint, PJWT_FINDING_AUTH_PASSES, ours->file, ours->line,
                      "service %.64s passes with %s", name, sure.text);
    } else if (unsure.text[0] != '\0') {
        pjwt_lint_add(lint, PJWT_FINDING_AUTH_UNSURE, ours->file, ours->line,
                      "service %.64s passes with %s", name, unsure.text);
    }
    if (skipped) {
        pjwt_lint_add(lint, PJWT_FINDING_AUTH_SKIPPED, ours->file, ours->line, "service %.64s",
                      name);
    }
}

static bool
is_token_only(const struct pjwt_lint *lint, const char *name)
{
    const struct pjwt_service *service =
        lint->config == NULL ? NULL : pjwt_config_service(lint->config, name);

    return service != NULL && service->token_only;
}

/* Account and session: what the module refused must stay refused. */
static void
check_later(struct pjwt_lint *lint, const char *name, const struct pjwt_pam_stack *stack,
            enum pjwt_pam_phase phase)
{
    const struct pjwt_pam_handler *ours = pjwt_pam_ours(stack, phase);
    struct pjwt_pam_question q = {.phase = phase, .credentials = true, .unknown_pass = true};
    struct pjwt_listing passing = {0};
    bool skipped = false;

    list_passing(stack, q, ours->quiet, &passing, &skipped);
    if (passing.text[0] != '\0') {
        pjwt_lint_add(lint,
                      phase == PJWT_PAM_ACCOUNT ? PJWT_FINDING_ACCOUNT_PASSES
                                                : PJWT_FINDING_SESSION_PASSES,
                      ours->file, ours->line, "service %.64s passes with %s", name,
                      passing.text);
    }
    q.ours = PAM_IGNORE;
    if (phase == PJWT_PAM_ACCOUNT && !is_token_only(lint, name) &&
        !pjwt_pam_reach(stack, &q).called) {
        pjwt_lint_add(lint, PJWT_FINDING_ACCOUNT_ALONE, ours->file, ours->line, "service %.64s",
                      name);
    }
}

static void
check_stacks(struct pjwt_lint *lint, const char *name, const struct pjwt_pam_service *service)
{
    const struct pjwt_pam_handler *auth =
        pjwt_pam_ours(&service->phase[PJWT_PAM_AUTH], PJWT_PAM_AUTH);

    if (auth != NULL) {
        check_auth(lint, name, &service->phase[PJWT_PAM_AUTH]);
    }
    if (pjwt_pam_d_calls(service, PJWT_PAM_ACCOUNT)) {
        check_later(lint, name, &service->phase[PJWT_PAM_ACCOUNT], PJWT_PAM_ACCOUNT);
    } else if (auth != NULL) {
        pjwt_lint_add(lint, PJWT_FINDING_ACCOUNT_MISSING, auth->file, auth->line,
                      "service %.64s", name);
    }
    if (pjwt_pam_d_calls(service, PJWT_PAM_SESSION)) {
        check_later(lint, name, &service->phase[PJWT_PAM_SESSION], PJWT_PAM_SESSION);
    } else if (auth != NULL) {
        pjwt_lint_add(lint, PJWT_FINDING_SESSION_MISSING, auth->file, auth->line,
                      "service %.64s", name);
    }
}

static bool
calls(const struct pjwt_pam_service *service)
{
    return pjwt_pam_d_calls(service, PJWT_PAM_AUTH) ||
           pjwt_pam_d_calls(service, PJWT_PAM_ACCOUNT) ||
           pjwt_pam_d_calls(service, PJWT_PAM_SESSION);
}

/* One service. Returns whether it calls our module. */
static bool
check_service(struct pjwt_lint *lint, const char *name)
{
    PJWT_PAM_SERVICE_SCOPE struct pjwt_pam_service service = {.incomplete = false};

    if (pjwt_pam_d_service(lint, name, &service) != PJWT_PAM_THERE || lint->short_of_memory ||
        !calls(&service)) {
        return false;
    }
    if (service.incomplete) {
        pjwt_lint_unexamined(lint, service.files.item[0],
                             "too much is included, or not readable");
    } else if (!service.broken) {
        check_stacks(lint, name, &service);
    }
    pjwt_pam_rules_lines(lint, name, &service);
    return true;
}

/* Sections that no pam.d file of that name calls for. */
static void
check_unused(struct pjwt_lint *lint, const struct pjwt_list *calling)
{
    for (size_t i = 0; lint->config != NULL && i < lint->config->services; i++) {
        const struct pjwt_service *s = &lint->config->service[i];

        for (size_t j = 0; j < s->names.count; j++) {
            if (!pjwt_list_has(calling, s->names.item[j])) {
                pjwt_lint_add(lint, PJWT_FINDING_SERVICE_UNUSED, s->file, s->line,
                              "service %.64s", s->names.item[j]);
            }
        }
    }
}

void
pjwt_lint_pam(struct pjwt_lint *lint)
{
    LIST_SCOPE struct pjwt_list names = {0};
    LIST_SCOPE struct pjwt_list calling = {0};

    pjwt_pam_d_services(lint, &names);
    for (size_t i = 0; i < names.count && !lint->short_of_memory; i++) {
        if (check_service(lint, names.item[i]) &&
            !pjwt_list_add(&calling, names.item[i], strlen(names.item[i]))) {
            lint->short_of_memory = true;
        }
    }
    check_unused(lint, &calling);
    if (pjwt_list_has(&calling, "sshd")) {
        pjwt_lint_sshd(lint);
    }
    if (pjwt_list_has(&calling, "sudo") || pjwt_list_has(&calling, "sudo-i")) {
        pjwt_lint_sudo(lint, &calling);
    }
    if (calling.count > 0) {
        pjwt_lint_way_in(lint);
    }
}
