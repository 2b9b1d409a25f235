/* What is inside this encrypted token, and whose key opens it? */
#include "lib/decrypt.h"

#include "lib/jose/jwe.h"
#include "lib/jose/jwe_keyset.h"

#include <string.h>

/* The distinct decryption sets; names are borrowed from the config, paths are owned. */
struct sets {
    const char **name;
    char **path;
    size_t count;
};

static void
sets_end(struct sets *sets)
{
    for (size_t i = 0; i < sets->count; i++) {
        free(sets->path[i]);
    }
    free(sets->path);
    free(sets->name);
}

static bool
is_known(const struct sets *sets, const char *name)
{
    for (size_t i = 0; i < sets->count; i++) {
        if (strcmp(sets->name[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool
counts(const struct pjwt_service *service, const struct pjwt_issuer *issuer)
{
    return issuer->decrypt != NULL &&
           (service->issuers.count == 0 || pjwt_list_has(&service->issuers, issuer->section));
}

static pjwt_verdict
collect(const struct pjwt_config *config, const struct pjwt_service *service, struct sets *sets)
{
    sets->name = calloc(config->issuers + 1, sizeof(*sets->name));
    sets->path = calloc(config->issuers + 1, sizeof(*sets->path));
    if (sets->name == NULL || sets->path == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    for (size_t i = 0; i < config->issuers; i++) {
        const struct pjwt_issuer *issuer = &config->issuer[i];
        char *path = NULL;

        if (!counts(service, issuer) || is_known(sets, issuer->decrypt)) {
            continue;
        }
        path = pjwt_config_path(config->private_dir, issuer->decrypt);
        if (path == NULL) {
            return PJWT_SAY(NO_MEMORY);
        }
        sets->name[sets->count] = issuer->decrypt;
        sets->path[sets->count++] = path;
    }
    return sets->count > 0 ? PJWT_SAY(OK) : PJWT_SAY(ENCRYPTED);
}

/* One level: what is inside is a signed token, neither an encrypted one nor a ticket. RFC 7519
 * section 5.2 knows deeper nesting; nobody needs it, and each level costs work. */
static pjwt_verdict
check_inner(const struct pjwt_secret *inner, struct pjwt_report *report)
{
    const char *bytes = pjwt_secret_bytes(inner);
    size_t dots = 0;

    for (size_t i = 0; i < pjwt_secret_len(inner); i++) {
        dots += bytes[i] == '.';
    }
    if (pjwt_secret_len(inner) < 3 || memcmp(bytes, "eyJ", 3) != 0 || dots != 2) {
        pjwt_why_set(&report->why, "inside is no signed token");
        return PJWT_SAY(MALFORMED);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_decrypt(const struct pjwt_config *config, const struct pjwt_service *service,
             const struct pjwt_secret *typed, struct pjwt_secret **inner, const char **set,
             struct pjwt_report *report)
{
    struct sets sets __attribute__((cleanup(sets_end))) = {NULL, NULL, 0};
    PJWT_AUTO(jwe) struct pjwt_jwe *jwe = NULL;
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    size_t which = 0;

    PJWT_CHECK(report, "decryption keys", collect(config, service, &sets));
    PJWT_CHECK(report, "encrypted form", pjwt_jwe_parse(typed, &jwe, report));
    PJWT_CHECK(report, "decryption key",
               pjwt_jwe_keyset_select((const char *const *)sets.path, sets.count, jwe, &key,
                                      &which, report));
    PJWT_CHECK(report, "decryption", pjwt_jwe_decrypt(jwe, key, &text, report));
    PJWT_CHECK(report, "inner form", check_inner(text, report));
    report->kid[0] = '\0'; /* it was the name of our key, not of the one that signed */
    *set = sets.name[which];
    *inner = pjwt_take(text);
    return PJWT_SAY(OK);
}
