/* What do the sections of the config file mean, together? */
#ifndef PJWT_POLICY_BUILD_H
#define PJWT_POLICY_BUILD_H

#include "lib/policy/config.h"
#include "lib/policy/ini.h"

#define PJWT_BUILD_OPTIONS 64 /* room for the rows of the option table */

/* Start with {.config = …, .why = …}, both borrowed. */
struct pjwt_build {
    struct pjwt_config *config;
    struct pjwt_why *why;
    const char *kind; /* of the open section, a word of the option table; NULL: none */
    const char *file; /* of the open section; borrowed */
    long line;
    char title[80];                /* "[issuer corp]" */
    long seen[PJWT_BUILD_OPTIONS]; /* the line of each option that it set; 0: not yet */
    unsigned single;               /* the sections without a name that stood so far, as bits */
};

/* Takes one section's start or one option; `context` is the pjwt_build. A pjwt_ini_fn, to be
 * called for one file after another. Reasons: CONFIG_BAD, NO_MEMORY. */
pjwt_verdict pjwt_build_take(void *context, const struct pjwt_ini *entry) PJWT_MUST_USE;

/* Ends the open section, at the end of each file: fills in the presets and refuses what is
 * missing. Reasons: CONFIG_BAD, NO_MEMORY. */
pjwt_verdict pjwt_build_end_section(struct pjwt_build *build) PJWT_MUST_USE;

/* Ends the config, after the last file: presets of the sections that did not stand, and what
 * sections say of each other. Reasons: CONFIG_BAD, NO_MEMORY. */
pjwt_verdict pjwt_build_end(struct pjwt_build *build) PJWT_MUST_USE;

#endif
