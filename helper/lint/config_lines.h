/* Which options stand in the config, and where? As they are written: the rules of lint point at
 * lines, and the config itself no longer knows them. */
#ifndef PJWT_LINT_CONFIG_LINES_H
#define PJWT_LINT_CONFIG_LINES_H

#include "helper/lint/lint.h"

/* Fills lint->option from the files of lint->config. */
void pjwt_config_lines_read(struct pjwt_lint *lint);
void pjwt_config_lines_clear(struct pjwt_lint *lint);

/* The option of that section (borrowed), whose first name is `name` ("" where it has none);
 * NULL when it is not written. `option` NULL: the section's start. */
const struct pjwt_lint_option *pjwt_config_lines_find(const struct pjwt_lint *lint,
                                                      const char *kind, const char *name,
                                                      const char *option);

/* Adds a finding where that option stands, or where the section starts. */
void pjwt_config_lines_add(struct pjwt_lint *lint, enum pjwt_finding finding, const char *kind,
                           const char *name, const char *option, const char *words);

#endif
