/* Do sshd's settings let a token be asked for? */
#ifndef PJWT_LINT_SSHD_H
#define PJWT_LINT_SSHD_H

#include "helper/lint/lint.h"

/* Findings of sshd_config, for a service sshd that calls our module. */
void pjwt_lint_sshd(struct pjwt_lint *lint);

#endif
