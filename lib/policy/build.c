/* What do the sections of the config file mean, together? */
#include "lib/policy/build.h"

#include "lib/policy/given.h"
#include "lib/policy/nearest.h"
#include "lib/policy/options.h"
#include "lib/policy/section.h"
#include "lib/policy/slip.h"

#include <string.h>

#define REFUSE(build, ...) \
    PJWT_INI_REFUSE((build)->why, (build)->file, (build)->line, __VA_ARGS__)

/* Where an option of that name does belong; NULL: nowhere. */
static const char *
other_section(const char *name)
{
    for (size_t i = 0; i < pjwt_option_count; i++) {
        if (strcmp(pjwt_options[i].name, name) == 0) {
            return pjwt_options[i].section;
        }
    }
    return NULL;
}

static pjwt_verdict
unknown_option(struct pjwt_build *build, const struct pjwt_ini *entry)
{
    struct pjwt_nearest nearest = {.word = entry->option};
    const char *other = other_section(entry->option);
    char words[PJWT_NEAREST_WORDS];

    for (size_t i = 0; i < pjwt_option_count; i++) {
        if (strcmp(pjwt_options[i].section, build->kind) == 0) {
            pjwt_nearest_offer(&nearest, pjwt_options[i].name);
        }
    }
    if (other != NULL) {
        return PJWT_INI_REFUSE(build->why, entry->file, entry->line,
                               "%s is no option of [%s] but of [%s]", entry->option,
                               build->kind, other);
    }
    return PJWT_INI_REFUSE(build->why, entry->file, entry->line,
                           "unknown option %.64s in [%s]%s", entry->option, build->kind,
                           pjwt_nearest_words(&nearest, words));
}

/* The option of this section that an indented line seems to set, or NULL. It would become a
 * list element, and the option keep its preset. */
static const struct pjwt_option *
indented_option(const char *kind, const char *value)
{
    for (const char *line = strchr(value, '\n'); line != NULL; line = strchr(line, '\n')) {
        size_t len = strcspn(++line, "= \t\n");

        for (size_t i = 0; i < pjwt_option_count; i++) {
            const struct pjwt_option *o = &pjwt_options[i];

            if (strcmp(o->section, kind) == 0 && strlen(o->name) == len &&
                strncmp(o->name, line, len) == 0 &&
                line[len + strspn(line + len, " \t")] == '=') {
                return o;
            }
        }
    }
    return NULL;
}

static pjwt_verdict
check_place(struct pjwt_build *build, const struct pjwt_ini *entry,
            const struct pjwt_option *option)
{
    long first = build->seen[option - pjwt_options];
    const struct pjwt_option *other = indented_option(build->kind, entry->value);
    const char *slip = pjwt_slip(entry->value);

    if (first != 0) {
        return PJWT_INI_REFUSE(build->why, entry->file, entry->line,
                               "%s stands twice in this section, first in line %ld",
                               option->name, first);
    }
    if (other != NULL) {
        return PJWT_INI_REFUSE(build->why, entry->file, entry->indented,
                               "the option %s must start in the first column", other->name);
    }
    if (entry->indented != 0 && !option->list) {
        return PJWT_INI_REFUSE(build->why, entry->file, entry->indented,
                               "%s is no list: its value is one line", option->name);
    }
    if (slip != NULL) {
        return PJWT_INI_REFUSE(build->why, entry->file, entry->line, "%s = %.64s%s",
                               option->name, entry->value, slip);
    }
    return PJWT_SAY(OK);
}

/* For those who ask later which line decided. The file's name lives as long as the config. */
static bool
remember(struct pjwt_build *build, const struct pjwt_ini *entry,
         const struct pjwt_option *option)
{
    struct pjwt_given given = {.option = option,
                               .file = build->file,
                               .section = build->line,
                               .line = entry->line,
                               .value = (char *)entry->value};

    return pjwt_given_add(build->config, &given);
}

static pjwt_verdict
set_option(struct pjwt_build *build, const struct pjwt_ini *entry)
{
    const struct pjwt_option *option = pjwt_option_find(build->kind, entry->option);
    char *fields = pjwt_section_fields(build);
    const char *expected = NULL;

    if (option == NULL) {
        return unknown_option(build, entry);
    }
    PJWT_TRY(check_place(build, entry, option));
    build->seen[option - pjwt_options] = entry->line;
    if (!option->parse(fields + option->offset, entry->value, &expected)) {
        return expected == NULL ? PJWT_SAY(NO_MEMORY)
                                : PJWT_INI_REFUSE(build->why, entry->file, entry->line,
                                                  "%s = %.64s: expected %s", option->name,
                                                  entry->value, expected);
    }
    return remember(build, entry, option) ? PJWT_SAY(OK) : PJWT_SAY(NO_MEMORY);
}

pjwt_verdict
pjwt_build_take(void *context, const struct pjwt_ini *entry)
{
    struct pjwt_build *build = context;

    if (entry->option != NULL) {
        return set_option(build, entry);
    }
    PJWT_TRY(pjwt_build_end_section(build));
    return pjwt_section_start(build, entry);
}

static pjwt_verdict
apply_preset(struct pjwt_build *build, const struct pjwt_option *option)
{
    char *fields = pjwt_section_fields(build);
    const char *expected = NULL;

    if (option->required) {
        return REFUSE(build, "%s needs the option %s", build->title, option->name);
    }
    if (option->preset == NULL ||
        option->parse(fields + option->offset, option->preset, &expected)) {
        return PJWT_SAY(OK);
    }
    return expected == NULL ? PJWT_SAY(NO_MEMORY)
                            : REFUSE(build, "the preset of %s is wrong", option->name);
}

/* The keys that sign for an issuer lie in private/ too, in a file of its section's name. */
static pjwt_verdict
check_decrypt(struct pjwt_build *build, const struct pjwt_issuer *issuer)
{
    size_t len = strlen(issuer->section);

    if (issuer->decrypt != NULL && strncmp(issuer->decrypt, issuer->section, len) == 0 &&
        strcmp(issuer->decrypt + len, ".jwks") == 0) {
        return REFUSE(build,
                      "%s: decrypt = %.64s is the file of its signing keys: name another",
                      build->title, issuer->decrypt);
    }
    return PJWT_SAY(OK);
}

/* Symmetric and asymmetric algorithms never mix: whoever can read a public key could sign with
 * it as if it were a shared secret (RFC 8725 section 2.1). */
static pjwt_verdict
derive_algs(struct pjwt_build *build, struct pjwt_issuer *issuer)
{
    long line = build->seen[pjwt_option_find("issuer", "algorithms") - pjwt_options];

    if (line == 0) {
        line = build->line;
    }
    for (size_t i = 0; i < issuer->algorithms.count; i++) {
        const char *name = issuer->algorithms.item[i];
        pjwt_algs named = pjwt_algs_from_name(name, strlen(name));

        if (pjwt_algs_symmetric(named) != issuer->hmac) {
            return PJWT_INI_REFUSE(build->why, build->file, line, "%s and hmac = %s: %s", name,
                                   issuer->hmac ? "yes" : "no",
                                   issuer->hmac ? "algorithms must list HS256, HS384 or HS512"
                                                : "shared secrets need hmac = yes");
        }
        issuer->algs |= named;
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
derive_issuer(struct pjwt_build *build)
{
    struct pjwt_issuer *issuer = pjwt_section_fields(build);
    const struct pjwt_issuer *same = pjwt_config_issuer_by_iss(build->config, issuer->iss);

    if (same != issuer) {
        return REFUSE(build, "%s has the iss of [issuer %s] at %s:%ld", build->title,
                      same->section, same->file, same->line);
    }
    PJWT_TRY(check_decrypt(build, issuer));
    return derive_algs(build, issuer);
}

/* A ticket that is good nowhere would be made for nobody. */
static pjwt_verdict
check_login_ticket(struct pjwt_build *build, const struct pjwt_service *service)
{
    long line = build->seen[pjwt_option_find("service", "login_ticket") - pjwt_options];

    if (service->login_ticket > 0 && service->login_ticket_for.count == 0) {
        return PJWT_INI_REFUSE(build->why, build->file, line,
                               "login_ticket needs the option login_ticket_for");
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
derive_service(struct pjwt_build *build)
{
    struct pjwt_service *service = pjwt_section_fields(build);

    service->issuers_line = build->seen[pjwt_option_find("service", "issuers") - pjwt_options];
    service->jwt = pjwt_list_has(&service->accept, "jwt");
    service->ticket = pjwt_list_has(&service->accept, "ticket");
    return check_login_ticket(build, service);
}

pjwt_verdict
pjwt_build_end_section(struct pjwt_build *build)
{
    const char *kind = build->kind;

    for (size_t i = 0; kind != NULL && i < pjwt_option_count; i++) {
        if (strcmp(pjwt_options[i].section, kind) == 0 && build->seen[i] == 0) {
            PJWT_TRY(apply_preset(build, &pjwt_options[i]));
        }
    }
    if (kind != NULL && strcmp(kind, "issuer") == 0) {
        PJWT_TRY(derive_issuer(build));
    }
    if (kind != NULL && strcmp(kind, "service") == 0) {
        PJWT_TRY(derive_service(build));
    }
    build->kind = NULL;
    return PJWT_SAY(OK);
}

static pjwt_verdict
check_issuers(struct pjwt_build *build, const struct pjwt_service *service)
{
    const struct pjwt_config *config = build->config;

    for (size_t i = 0; i < service->issuers.count; i++) {
        struct pjwt_nearest nearest = {.word = service->issuers.item[i]};
        char words[PJWT_NEAREST_WORDS];

        if (pjwt_config_issuer_by_section(config, nearest.word) != NULL) {
            continue;
        }
        for (size_t j = 0; j < config->issuers; j++) {
            pjwt_nearest_offer(&nearest, config->issuer[j].section);
        }
        return PJWT_INI_REFUSE(build->why, service->file, service->issuers_line,
                               "there is no [issuer %s]%s", nearest.word,
                               pjwt_nearest_words(&nearest, words));
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_build_end(struct pjwt_build *build)
{
    for (size_t i = 0; i < pjwt_option_count; i++) {
        if (pjwt_section_start_preset(build, pjwt_options[i].section)) {
            PJWT_TRY(pjwt_build_end_section(build));
        }
    }
    for (size_t i = 0; i < build->config->services; i++) {
        PJWT_TRY(check_issuers(build, &build->config->service[i]));
    }
    return PJWT_SAY(OK);
}
