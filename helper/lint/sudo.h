/* Does sudo ask for tokens where the administrator thinks it does? */
#ifndef PJWT_LINT_SUDO_H
#define PJWT_LINT_SUDO_H

#include "helper/lint/lint.h"

/* Findings of sudoers and sudo.conf; `calling` are the services that call our module. */
void pjwt_lint_sudo(struct pjwt_lint *lint, const struct pjwt_list *calling);

#endif
