/* What has the administrator decided? */
#include "lib/policy/config.h"

#include "lib/policy/given.h"
#include "lib/policy/list.h"

#include <stdio.h>
#include <string.h>

const struct pjwt_service *
pjwt_config_service(const struct pjwt_config *config, const char *name)
{
    for (size_t i = 0; i < config->services; i++) {
        if (pjwt_list_has(&config->service[i].names, name)) {
            return &config->service[i];
        }
    }
    return NULL;
}

const struct pjwt_issuer *
pjwt_config_issuer_by_iss(const struct pjwt_config *config, const char *iss)
{
    for (size_t i = 0; i < config->issuers; i++) {
        if (strcmp(config->issuer[i].iss, iss) == 0) {
            return &config->issuer[i];
        }
    }
    return NULL;
}

const struct pjwt_issuer *
pjwt_config_issuer_by_section(const struct pjwt_config *config, const char *section)
{
    for (size_t i = 0; i < config->issuers; i++) {
        if (strcmp(config->issuer[i].section, section) == 0) {
            return &config->issuer[i];
        }
    }
    return NULL;
}

char *
pjwt_config_path(const char *dir, const char *name)
{
    size_t len = strlen(dir);
    bool slash = len > 0 && dir[len - 1] == '/';
    char *path = NULL;

    return asprintf(&path, "%s%s%s", dir, slash ? "" : "/", name) < 0 ? NULL : path;
}

static void
clear_issuer(struct pjwt_issuer *issuer)
{
    free(issuer->section);
    free(issuer->iss);
    free(issuer->keys);
    free(issuer->decrypt);
    free(issuer->user);
    free(issuer->user_strip);
    free(issuer->user_map);
    free(issuer->jti_claim);
    pjwt_list_clear(&issuer->algorithms);
    pjwt_list_clear(&issuer->audience);
    pjwt_list_clear(&issuer->type);
    pjwt_list_clear(&issuer->require);
}

static void
clear_service(struct pjwt_service *service)
{
    pjwt_list_clear(&service->names);
    pjwt_list_clear(&service->accept);
    pjwt_list_clear(&service->issuers);
    pjwt_list_clear(&service->require);
    pjwt_list_clear(&service->login_ticket_for);
    pjwt_list_clear(&service->callers);
    free(service->require_group);
}

void
pjwt_config_free(struct pjwt_config *config)
{
    if (config == NULL) {
        return;
    }
    for (size_t i = 0; i < config->issuers; i++) {
        clear_issuer(&config->issuer[i]);
    }
    for (size_t i = 0; i < config->services; i++) {
        clear_service(&config->service[i]);
    }
    free(config->issuer);
    free(config->service);
    free(config->file);
    free(config->dir);
    free(config->keys_dir);
    free(config->private_dir);
    free(config->state);
    free(config->run);
    pjwt_given_clear(config);
    pjwt_list_clear(&config->files);
    pjwt_list_clear(&config->system_users);
    free(config);
}
