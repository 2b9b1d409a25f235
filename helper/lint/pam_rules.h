/* What else about the lines of pam.d would surprise the one who wrote them? */
#ifndef PJWT_LINT_PAM_RULES_H
#define PJWT_LINT_PAM_RULES_H

#include "helper/lint/pam_d.h"

/* Of a service that calls our module: lines that libpam cannot read, our arguments, a section
 * that is missing, pam_env, and the files themselves. */
void pjwt_pam_rules_lines(struct pjwt_lint *lint, const char *name,
                          const struct pjwt_pam_service *service);

#endif
