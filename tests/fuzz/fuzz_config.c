/* Does a config that loads keep every promise that the rest of the code relies on? */
#include "tests/fuzz/support/fuzz.h"

#include "lib/policy/config.h"
#include "lib/policy/pointer.h"

#include <string.h>

/* NAME=VALUE|VALUE..., no name or value empty. */
static void
check_require(const struct pjwt_list *require)
{
    for (size_t i = 0; i < require->count; i++) {
        const char *equals = strchr(require->item[i], '=');

        FUZZ_MUST(equals != NULL && equals != require->item[i] && equals[1] != '\0');
        FUZZ_MUST((size_t)(equals - require->item[i]) <= PJWT_POINTER_MAX);
        FUZZ_MUST(equals[1] != '|' && strstr(equals, "||") == NULL);
        FUZZ_MUST(equals[strlen(equals) - 1] != '|');
    }
}

static void
check_issuer(const struct pjwt_config *config, const struct pjwt_issuer *issuer)
{
    FUZZ_MUST(issuer->section != NULL && issuer->section[0] != '\0');
    FUZZ_MUST(issuer->iss != NULL && issuer->iss[0] != '\0');
    FUZZ_MUST(issuer->keys != NULL && strchr(issuer->keys, '/') == NULL &&
              strcmp(issuer->keys, "..") != 0 && strcmp(issuer->keys, ".") != 0 &&
              issuer->keys[0] != '\0');
    FUZZ_MUST(issuer->audience.count > 0 && issuer->type.count > 0);
    FUZZ_MUST(issuer->user != NULL && issuer->user[0] != '\0');
    FUZZ_MUST(issuer->user_strip == NULL || issuer->user_strip[0] != '\0');
    FUZZ_MUST(issuer->user_map == NULL ||
              (strchr(issuer->user_map, '/') == NULL && issuer->user_map[0] != '.' &&
               issuer->user_map[0] != '\0'));
    check_require(&issuer->require);
    FUZZ_MUST(issuer->algs != 0 && (issuer->algs & PJWT_ALG_BIT(PJWT_ALG_NONE_KNOWN)) == 0 &&
              issuer->algs < PJWT_ALG_BIT(PJWT_ALG_COUNT));
    FUZZ_MUST(issuer->leeway >= 0 && issuer->leeway <= PJWT_LEEWAY_MAX);
    FUZZ_MUST(issuer->max_lifetime > 0 && issuer->max_lifetime <= PJWT_LIFETIME_MAX);
    /* Two sections with one iss, or of one name, would make the choice a guess. */
    FUZZ_MUST(pjwt_config_issuer_by_iss(config, issuer->iss) == issuer);
    FUZZ_MUST(pjwt_config_issuer_by_section(config, issuer->section) == issuer);
}

static void
check_service(const struct pjwt_config *config, const struct pjwt_service *service)
{
    FUZZ_MUST(service->names.count > 0);
    FUZZ_MUST(service->jwt || service->ticket);
    FUZZ_MUST(service->max_auth_age >= 0 && service->max_auth_age <= PJWT_AGE_MAX);
    FUZZ_MUST(service->claims_max_age >= 0 && service->claims_max_age <= PJWT_AGE_MAX);
    check_require(&service->require);
    for (size_t i = 0; i < service->names.count; i++) {
        FUZZ_MUST(pjwt_config_service(config, service->names.item[i]) == service);
    }
    for (size_t i = 0; i < service->issuers.count; i++) {
        FUZZ_MUST(pjwt_config_issuer_by_section(config, service->issuers.item[i]) != NULL);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    fuzz_files_hold(bytes, len);
    v = pjwt_config_load("/etc/pam_jwt.conf", &config, &why);
    fuzz_files_hold(NULL, 0);
    if (!pjwt_ok(v)) {
        FUZZ_MUST(config == NULL && why.text[0] != '\0');
        FUZZ_MUST(v.reason == PJWT_CONFIG_BAD || v.reason == PJWT_CONFIG_EMPTY);
        return 0;
    }
    FUZZ_MUST(memchr(bytes, '\0', len) == NULL);
    for (size_t i = 0; i < config->issuers; i++) {
        check_issuer(config, &config->issuer[i]);
    }
    for (size_t i = 0; i < config->services; i++) {
        check_service(config, &config->service[i]);
    }
    FUZZ_MUST(config->ticket_lifetime > 0);
    FUZZ_MUST(config->state[0] == '/' && config->run[0] == '/');
    return 0;
}
