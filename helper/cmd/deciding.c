#include "helper/cmd/deciding.h"

#include "lib/policy/given.h"
#include "lib/policy/options.h"

#include <string.h>

#define ANY PJWT_UNSET /* whatever the verdict */

/* One row for each name that lib/ gives a check; the first that fits counts. A check that no
 * option rules has NULL. tests/cli/test_reasons.sh finds the names without a row. */
/* clang-format off */
static const struct {
    const char *check;
    enum pjwt_reason reason; /* the row is for this verdict alone */
    const char *section;
    const char *option;
} rows[] = {
    {"config",           ANY,                 NULL,      NULL},
    {"service",          ANY,                 NULL,      NULL},
    {"store",            ANY,                 "paths",   "state"},
    {"form",             ANY,                 NULL,      NULL},
    {"accepted kind",    ANY,                 "service", "accept"},
    {"decryption keys",  ANY,                 NULL,      NULL},
    {"encrypted form",   ANY,                 NULL,      NULL},
    {"decryption key",   ANY,                 NULL,      NULL},
    {"decryption",       ANY,                 NULL,      NULL},
    {"inner form",       ANY,                 NULL,      NULL},
    {"token form",       ANY,                 NULL,      NULL},
    {"issuer",           PJWT_ISSUER_REFUSED, "service", "issuers"},
    {"issuer",           ANY,                 "issuer",  "iss"},
    {"encrypted for it", ANY,                 "issuer",  "decrypt"},
    {"key",              PJWT_ALG_REFUSED,    "issuer",  "algorithms"},
    {"key",              PJWT_ALG_UNPINNED,   "issuer",  "algorithms"},
    {"key",              PJWT_KEY_MIXED,      "issuer",  "hmac"},
    {"key",              ANY,                 "issuer",  "keys"},
    {"signature",        ANY,                 NULL,      NULL},
    {"type",             ANY,                 "issuer",  "type"},
    {"events",           ANY,                 NULL,      NULL},
    {"required claims",  ANY,                 NULL,      NULL},
    {"issued",           ANY,                 "issuer",  "leeway"},
    {"not before",       ANY,                 "issuer",  "leeway"},
    {"expiry",           ANY,                 "issuer",  "leeway"},
    {"lifetime",         ANY,                 "issuer",  "max_lifetime"},
    {"audience",         ANY,                 "issuer",  "audience"},
    {"binding",          ANY,                 "issuer",  "bind_key"},
    {"issuer's require",  ANY,                 "issuer","require"},
    {"service's require", ANY,                 "service","require"},
    {"sign-in age",       ANY,                 "service","max_auth_age"},
    {"claims age",        ANY,                 "service","claims_max_age"},
    {"user suffix",       ANY,                 "issuer","user_strip"},
    {"user map",          ANY,                 "issuer","user_map"},
    {"user named",        ANY,                 "issuer","user"},
    {"user claim",       ANY,                 "issuer",  "user"},
    {"user name",        ANY,                 NULL,      NULL},
    {"same user",        ANY,                 "issuer",  "user"},
    {"local user",       ANY,                 NULL,      NULL},
    {"system user",      ANY,                 "root",    "system_users"},
    {"group",             ANY,                 "service","require_group"},
    {"ticket form",      ANY,                 NULL,      NULL},
    {"ticket known",     ANY,                 NULL,      NULL},
    {"ticket revoked",   ANY,                 NULL,      NULL},
    {"ticket lifetime",  ANY,                 NULL,      NULL},
    {"ticket idle",      ANY,                 NULL,      NULL},
    {"ticket from",      ANY,                 NULL,      NULL},
    {"ticket renewable", ANY,                 NULL,      NULL},
    {"ticket's issuer",  ANY,                 "service", "issuers"},
    {"ticket service",   ANY,                 NULL,      NULL},
    {"ticket's login",   ANY,                 NULL,      NULL},
    {"one-time ticket",   ANY,                 NULL,    NULL},
    {"one-time token",    ANY,                 "issuer","one_time"},
    {"jti revoked",      ANY,                 NULL,      NULL},
    {"user revoked",     ANY,                 NULL,      NULL},
    {"subject revoked",  ANY,                 NULL,      NULL},
    {"issuer revoked",   ANY,                 NULL,      NULL},
    {"key revoked",      ANY,                 NULL,      NULL},
    {"user blocked",     ANY,                 NULL,      NULL},
};
/* clang-format on */

/* The section is not there when nothing was found out about it yet: then no option decided. */
static bool
find(const struct pjwt_config *config, const char *service, const char *issuer,
     const char *section, const char *option, const struct pjwt_given **given)
{
    const struct pjwt_service *s = pjwt_config_service(config, service);
    const struct pjwt_issuer *i = pjwt_config_issuer_by_section(config, issuer);

    if (strcmp(section, "service") == 0) {
        *given = s == NULL ? NULL : pjwt_given_by_service(config, s, option);
        return s != NULL;
    }
    if (strcmp(section, "issuer") == 0) {
        *given = i == NULL ? NULL : pjwt_given_by_issuer(config, i, option);
        return i != NULL;
    }
    *given = pjwt_given_alone(config, section, option);
    return true;
}

struct pjwt_decided
pjwt_deciding(const struct pjwt_config *config, const char *service, const char *issuer,
              const char *check, pjwt_verdict v)
{
    const struct pjwt_option *option = NULL;
    const struct pjwt_given *given = NULL;
    size_t i = 0;

    while (i < sizeof(rows) / sizeof(rows[0]) &&
           (strcmp(rows[i].check, check) != 0 ||
            (rows[i].reason != ANY && rows[i].reason != v.reason))) {
        i++;
    }
    if (config == NULL || i == sizeof(rows) / sizeof(rows[0]) || rows[i].section == NULL) {
        return (struct pjwt_decided){0};
    }
    option = pjwt_option_find(rows[i].section, rows[i].option);
    if (option == NULL ||
        !find(config, service, issuer, option->section, option->name, &given)) {
        return (struct pjwt_decided){0};
    }
    return given == NULL
               ? (struct pjwt_decided){.option = option->name, .value = option->preset}
               : (struct pjwt_decided){option->name, given->file, given->line, given->value};
}
