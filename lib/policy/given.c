/* Where in the config files does an option stand, and what is written there? */
#include "lib/policy/given.h"

#include <string.h>

bool
pjwt_given_add(struct pjwt_config *config, const struct pjwt_given *given)
{
    struct pjwt_given *grown =
        reallocarray(config->given, config->givens + 1, sizeof(*config->given));
    char *value = NULL;

    if (grown == NULL) {
        return false;
    }
    config->given = grown;
    value = strdup(given->value + strspn(given->value, "\n"));
    if (value == NULL) {
        return false;
    }
    grown += config->givens++;
    *grown = *given;
    grown->value = value;
    return true;
}

void
pjwt_given_clear(struct pjwt_config *config)
{
    for (size_t i = 0; i < config->givens; i++) {
        free(config->given[i].value);
    }
    free(config->given);
    config->given = NULL;
    config->givens = 0;
}

/* `file` NULL: whichever section of that kind. The name of a file is one string of the config,
 * so its address tells it. */
static const struct pjwt_given *
find(const struct pjwt_config *config, const char *file, long section,
     const struct pjwt_option *option)
{
    for (size_t i = 0; option != NULL && i < config->givens; i++) {
        const struct pjwt_given *given = &config->given[i];

        if (given->option == option &&
            (file == NULL || (given->file == file && given->section == section))) {
            return given;
        }
    }
    return NULL;
}

const struct pjwt_given *
pjwt_given_by_issuer(const struct pjwt_config *config, const struct pjwt_issuer *issuer,
                     const char *name)
{
    return find(config, issuer->file, issuer->line, pjwt_option_find("issuer", name));
}

const struct pjwt_given *
pjwt_given_by_service(const struct pjwt_config *config, const struct pjwt_service *service,
                      const char *name)
{
    return find(config, service->file, service->line, pjwt_option_find("service", name));
}

const struct pjwt_given *
pjwt_given_alone(const struct pjwt_config *config, const char *section, const char *name)
{
    return find(config, NULL, 0, pjwt_option_find(section, name));
}
