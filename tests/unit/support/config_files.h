/* A config file in a folder of the test's own. */
#ifndef PJWT_TEST_CONFIG_FILES_H
#define PJWT_TEST_CONFIG_FILES_H

#include "tests/unit/support/scratch.h"

#include "lib/policy/config.h"

/* The smallest good issuer: 4 lines. */
#define CONFIG_CORP "[issuer corp]\niss = https://idp\nkeys = corp.jwks\naudience = a\n"

/* Loads dir/pam_jwt.conf. */
pjwt_verdict config_load(struct scratch *s, struct pjwt_config **config, struct pjwt_why *why);

/* Writes `text` to dir/pam_jwt.conf and loads it; the caller frees the config. */
struct pjwt_config *config_load_good(struct scratch *s, const char *text);

/* `why` must be dir/`words`. */
void config_assert_why(struct scratch *s, const struct pjwt_why *why, const char *words);

#endif
