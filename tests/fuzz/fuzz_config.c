/* Does a config that loads keep every promise that the rest of the code relies on? */
#include "tests/fuzz/support/fuzz.h"

#include "lib/policy/config.h"

#include <string.h>

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
