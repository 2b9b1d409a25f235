/* Where in the config files does an option stand, and what is written there? For `explain`,
 * `lint` and their like; no decision looks at it. */
#ifndef PJWT_POLICY_GIVEN_H
#define PJWT_POLICY_GIVEN_H

#include "lib/policy/config.h"
#include "lib/policy/options.h"

#include <stdbool.h>

/* One option that a file sets. What a default decides has none. */
struct pjwt_given {
    const struct pjwt_option *option; /* its row; static */
    const char *file;                 /* borrowed from the config's files */
    long section;                     /* the line where its section starts */
    long line;                        /* its own */
    char *value;                      /* as written, a list's lines with '\n' between; owned */
};

/* Remembers that `option` stands at file:line (`file` and `value` are borrowed). False, and
 * nothing remembered, without memory. */
bool pjwt_given_add(struct pjwt_config *config, const struct pjwt_given *given) PJWT_MUST_USE;

/* Releases them all. */
void pjwt_given_clear(struct pjwt_config *config);

/* Where the option is set; borrowed from the config, NULL when its default holds or there is no
 * such option. An issuer or service is told by where its section starts. */
const struct pjwt_given *pjwt_given_by_issuer(const struct pjwt_config *config,
                                              const struct pjwt_issuer *issuer,
                                              const char *name);
const struct pjwt_given *pjwt_given_by_service(const struct pjwt_config *config,
                                               const struct pjwt_service *service,
                                               const char *name);
/* `section`: "tickets", "root", "paths", … each of which stands at most once. */
const struct pjwt_given *pjwt_given_alone(const struct pjwt_config *config, const char *section,
                                          const char *name);

#endif
