/* Which section starts here? */
#ifndef PJWT_POLICY_SECTION_H
#define PJWT_POLICY_SECTION_H

#include "lib/policy/build.h"

/* Opens the section that `entry` starts: its kind and names must be known, well-formed and new.
 * Reasons: CONFIG_BAD, NO_MEMORY. */
pjwt_verdict pjwt_section_start(struct pjwt_build *build,
                                const struct pjwt_ini *entry) PJWT_MUST_USE;

/* Opens a section that may stand without a name, as if it stood empty; false when it stood. */
bool pjwt_section_start_preset(struct pjwt_build *build, const char *kind);

/* The struct that holds the fields of the open section's options; borrowed. */
void *pjwt_section_fields(const struct pjwt_build *build);

#endif
