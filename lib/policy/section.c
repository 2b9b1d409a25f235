/* Which section starts here? */
#include "lib/policy/section.h"

#include "lib/policy/list.h"
#include "lib/policy/nearest.h"
#include "lib/policy/value.h"

#include <stdio.h>
#include <string.h>

enum names { NO_NAME, ONE_NAME, SOME_NAMES };

static const struct kind {
    const char *word;
    enum names names;
    bool (*name_valid)(const char *name);
    const char *usage;
} kinds[] = {
    {"issuer", ONE_NAME, pjwt_value_section_name, "[issuer NAME]"},
    {"service", SOME_NAMES, pjwt_value_service_name, "[service NAME...]"},
    {"tickets", NO_NAME, NULL, "[tickets]"},
    {"logins", NO_NAME, NULL, "[logins]"},
    {"root", NO_NAME, NULL, "[root]"},
    {"paths", NO_NAME, NULL, "[paths]"},
};

#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static pjwt_verdict
find_kind(struct pjwt_build *build, const struct pjwt_ini *entry, const struct kind **kind)
{
    struct pjwt_nearest nearest = {.word = entry->kind};
    char words[PJWT_NEAREST_WORDS];

    for (size_t i = 0; i < KINDS; i++) {
        if (strcmp(kinds[i].word, entry->kind) == 0) {
            *kind = &kinds[i];
            return PJWT_SAY(OK);
        }
        pjwt_nearest_offer(&nearest, kinds[i].word);
    }
    return PJWT_INI_REFUSE(build->why, entry->file, entry->line, "unknown section [%.64s]%s",
                           entry->kind, pjwt_nearest_words(&nearest, words));
}

static pjwt_verdict
check_names(struct pjwt_build *build, const struct pjwt_ini *entry, const struct kind *kind)
{
    bool fits = kind->names == NO_NAME    ? entry->names == 0
                : kind->names == ONE_NAME ? entry->names == 1
                                          : entry->names > 0;

    if (!fits) {
        return PJWT_INI_REFUSE(build->why, entry->file, entry->line, "expected %s",
                               kind->usage);
    }
    for (size_t i = 0; i < entry->names; i++) {
        if (kind->names == SOME_NAMES && strpbrk(entry->name[i], UPPER) != NULL) {
            return PJWT_INI_REFUSE(build->why, entry->file, entry->line,
                                   "%.64s has capitals: libpam makes service names lower case, "
                                   "so write them so",
                                   entry->name[i]);
        }
        if (!kind->name_valid(entry->name[i])) {
            return PJWT_INI_REFUSE(build->why, entry->file, entry->line,
                                   "%.64s is no name for %s: 1 to 64 of %sa-z 0-9 _ . -%s",
                                   entry->name[i], kind->usage,
                                   kind->names == SOME_NAMES ? "" : "A-Z ",
                                   kind->names == SOME_NAMES ? " @" : "");
        }
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
start_issuer(struct pjwt_build *build, const struct pjwt_ini *entry)
{
    struct pjwt_config *config = build->config;
    const struct pjwt_issuer *same = pjwt_config_issuer_by_section(config, entry->name[0]);
    struct pjwt_issuer *grown = NULL;

    if (same != NULL) {
        return PJWT_INI_REFUSE(build->why, entry->file, entry->line,
                               "[issuer %s] stands twice, first at %s:%ld", same->section,
                               same->file, same->line);
    }
    grown = reallocarray(config->issuer, config->issuers + 1, sizeof(*grown));
    if (grown == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    config->issuer = grown;
    grown += config->issuers++;
    *grown = (struct pjwt_issuer){.file = entry->file, .line = entry->line};
    grown->section = strdup(entry->name[0]);
    return grown->section == NULL ? PJWT_SAY(NO_MEMORY) : PJWT_SAY(OK);
}

static pjwt_verdict
start_service(struct pjwt_build *build, const struct pjwt_ini *entry)
{
    struct pjwt_config *config = build->config;
    struct pjwt_service *grown =
        reallocarray(config->service, config->services + 1, sizeof(*grown));

    if (grown == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    config->service = grown;
    grown += config->services++;
    *grown = (struct pjwt_service){.file = entry->file, .line = entry->line};
    for (size_t i = 0; i < entry->names; i++) {
        const struct pjwt_service *same = pjwt_config_service(config, entry->name[i]);

        if (same != NULL) {
            return PJWT_INI_REFUSE(build->why, entry->file, entry->line,
                                   "service %s stands twice, first at %s:%ld", entry->name[i],
                                   same->file, same->line);
        }
        if (!pjwt_list_add(&grown->names, entry->name[i], strlen(entry->name[i]))) {
            return PJWT_SAY(NO_MEMORY);
        }
    }
    return PJWT_SAY(OK);
}

bool
pjwt_section_start_preset(struct pjwt_build *build, const char *kind)
{
    for (size_t i = 0; i < KINDS; i++) {
        unsigned bit = 1u << i;

        if (strcmp(kinds[i].word, kind) == 0 && kinds[i].names == NO_NAME &&
            (build->single & bit) == 0) {
            build->single |= bit;
            build->kind = kinds[i].word;
            memset(build->seen, 0, sizeof(build->seen));
            return true;
        }
    }
    return false;
}

static pjwt_verdict
start_single(struct pjwt_build *build, const struct pjwt_ini *entry)
{
    return pjwt_section_start_preset(build, entry->kind)
               ? PJWT_SAY(OK)
               : PJWT_INI_REFUSE(build->why, entry->file, entry->line, "[%s] stands twice",
                                 entry->kind);
}

pjwt_verdict
pjwt_section_start(struct pjwt_build *build, const struct pjwt_ini *entry)
{
    const struct kind *kind = NULL;

    PJWT_TRY(find_kind(build, entry, &kind));
    PJWT_TRY(check_names(build, entry, kind));
    PJWT_TRY(kind->names == NO_NAME    ? start_single(build, entry)
             : kind->names == ONE_NAME ? start_issuer(build, entry)
                                       : start_service(build, entry));
    build->kind = kind->word;
    build->file = entry->file;
    build->line = entry->line;
    (void)snprintf(build->title, sizeof(build->title), "[%s%s%s]", entry->kind,
                   entry->names > 0 ? " " : "", entry->names > 0 ? entry->name[0] : "");
    memset(build->seen, 0, sizeof(build->seen));
    return PJWT_SAY(OK);
}

void *
pjwt_section_fields(const struct pjwt_build *build)
{
    struct pjwt_config *config = build->config;

    if (strcmp(build->kind, "issuer") == 0) {
        return &config->issuer[config->issuers - 1];
    }
    if (strcmp(build->kind, "service") == 0) {
        return &config->service[config->services - 1];
    }
    return config;
}
