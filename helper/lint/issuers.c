/* Whose tokens does the config let in, and are those the ones that were meant? */
#include "helper/lint/config_lines.h"
#include "helper/lint/shared_issuers.h"
#include "lib/policy/user_map.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define LONG_LIFE (12 * 3600L) /* seconds: more than a working day */

/* Does such a list (NAME=VALUE|VALUE) ask for a claim that names a tenant there? With `shared`
 * NULL any claim will do. */
static bool requires(const struct pjwt_list *require, const struct pjwt_shared_issuer *shared)
{
    for (size_t i = 0; i < require->count; i++) {
        char claim[128];

        (void)snprintf(claim, sizeof(claim), "%.*s", (int)strcspn(require->item[i], "="),
                       require->item[i]);
        if (shared == NULL || pjwt_shared_issuer_tenant(shared, claim)) {
            return true;
        }
    }
    return false;
}

static bool
takes(const struct pjwt_service *service, const struct pjwt_issuer *issuer)
{
    return service->jwt &&
           (service->issuers.count == 0 || pjwt_list_has(&service->issuers, issuer->section));
}

/* In the issuer's section, or in that of every service that takes its tokens. */
static bool
always_requires(const struct pjwt_lint *lint, const struct pjwt_issuer *issuer,
                const struct pjwt_shared_issuer *shared)
{
    const struct pjwt_config *config = lint->config;
    size_t taking = 0;

    if (requires(&issuer->require, shared)) {
        return true;
    }
    for (size_t i = 0; i < config->services; i++) {
        if (!takes(&config->service[i], issuer)) {
            continue;
        }
        taking++;
        if (!requires(&config->service[i].require, shared)) {
            return false;
        }
    }
    return taking > 0;
}

static void
check_world(struct pjwt_lint *lint, const struct pjwt_issuer *issuer)
{
    const struct pjwt_shared_issuer *shared = pjwt_shared_issuer_find(issuer->iss);

    if (shared != NULL && issuer->user_map == NULL && !always_requires(lint, issuer, shared)) {
        pjwt_config_lines_add(lint, PJWT_FINDING_ISSUER_SHARED, "issuer", issuer->section,
                              "iss", shared->says);
    }
}

static void
check_audience(struct pjwt_lint *lint, const struct pjwt_issuer *issuer)
{
    for (size_t i = 0; i < issuer->audience.count; i++) {
        const char *audience = issuer->audience.item[i];
        const char *says = pjwt_shared_audience(audience);
        struct pjwt_why words;

        if (says != NULL) {
            pjwt_why_set(&words, "%.100s: %s", audience, says);
            pjwt_config_lines_add(lint, PJWT_FINDING_AUDIENCE_SHARED, "issuer", issuer->section,
                                  "audience", words.text);
        }
    }
}

static void
check_type(struct pjwt_lint *lint, const struct pjwt_issuer *issuer)
{
    for (size_t i = 0; i < issuer->type.count; i++) {
        const char *type = issuer->type.item[i];
        bool open = strcmp(type, "none") == 0 || strcasecmp(type, "JWT") == 0 ||
                    strcasecmp(type, "application/JWT") == 0;

        if (open && !always_requires(lint, issuer, NULL)) {
            pjwt_config_lines_add(lint, PJWT_FINDING_TYPE_OPEN, "issuer", issuer->section,
                                  "type", type);
            return;
        }
    }
}

static void
check_lifetime(struct pjwt_lint *lint, const struct pjwt_issuer *issuer)
{
    const struct pjwt_lint_option *once =
        pjwt_config_lines_find(lint, "issuer", issuer->section, "one_time");
    const struct pjwt_lint_option *bound =
        pjwt_config_lines_find(lint, "issuer", issuer->section, "bind_key");
    bool limited = (once != NULL && strcmp(once->value, "yes") == 0) ||
                   (bound != NULL && strcmp(bound->value, "required") == 0);

    if (issuer->max_lifetime > LONG_LIFE && !limited) {
        pjwt_config_lines_add(lint, PJWT_FINDING_LIFETIME_LONG, "issuer", issuer->section,
                              "max_lifetime", "");
    }
}

/* The judge reads it anew at each login; here its error is found before one. */
static void
check_map(struct pjwt_lint *lint, const struct pjwt_issuer *issuer)
{
    PJWT_AUTO(user_map) struct pjwt_user_map *map = NULL;
    PJWT_AUTO(text) char *path = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(NO_MEMORY);

    if (issuer->user_map == NULL) {
        return;
    }
    path = pjwt_config_path(lint->config->dir, issuer->user_map);
    if (path != NULL) {
        v = pjwt_user_map_load(path, &map, &why);
    }
    if (v.reason == PJWT_NO_MEMORY) {
        lint->short_of_memory = true;
    } else if (!pjwt_ok(v)) {
        pjwt_config_lines_add(lint, PJWT_FINDING_USER_MAP, "issuer", issuer->section,
                              "user_map", why.text);
    }
}

static void
check_use(struct pjwt_lint *lint, const struct pjwt_issuer *issuer)
{
    for (size_t i = 0; i < lint->config->services; i++) {
        if (takes(&lint->config->service[i], issuer)) {
            return;
        }
    }
    if (lint->config->services > 0) {
        pjwt_config_lines_add(lint, PJWT_FINDING_ISSUER_UNUSED, "issuer", issuer->section, NULL,
                              "");
    }
}

void
pjwt_lint_issuers(struct pjwt_lint *lint)
{
    for (size_t i = 0; lint->config != NULL && i < lint->config->issuers; i++) {
        const struct pjwt_issuer *issuer = &lint->config->issuer[i];

        check_world(lint, issuer);
        check_audience(lint, issuer);
        check_type(lint, issuer);
        check_lifetime(lint, issuer);
        check_map(lint, issuer);
        check_use(lint, issuer);
        if (issuer->hmac) {
            pjwt_config_lines_add(lint, PJWT_FINDING_HMAC_ISSUER, "issuer", issuer->section,
                                  "hmac", "");
        }
    }
}
