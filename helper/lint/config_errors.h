/* What is wrong with the config, all of it? A login stops at the first error; the person who
 * mends the file wants the whole list. */
#ifndef PJWT_LINT_CONFIG_ERRORS_H
#define PJWT_LINT_CONFIG_ERRORS_H

#include "helper/lint/lint.h"

/* Adds a finding for each error of these files (borrowed), in the order in which they are
 * read. */
void pjwt_config_errors(struct pjwt_lint *lint, const struct pjwt_list *files);

#endif
