/* What may a module of somebody else answer, as far as is known? */
#ifndef PJWT_LINT_PAM_KNOWN_H
#define PJWT_LINT_PAM_KNOWN_H

#include "helper/lint/pam_line.h"

enum pjwt_pam_class {
    PJWT_PAM_OURS,
    PJWT_PAM_PASSES,   /* success, whoever it is */
    PJWT_PAM_ABSTAINS, /* ignore */
    PJWT_PAM_DENIES,
    PJWT_PAM_CHECKS,  /* a credential of its own kind */
    PJWT_PAM_DEPENDS, /* on who it is or from where, but on no credential */
    PJWT_PAM_ROOT,    /* success for a process of root alone */
    PJWT_PAM_UNKNOWN
};

/* The class of `module` (borrowed; a name or a path) in that phase. */
enum pjwt_pam_class pjwt_pam_class_of(const char *module, enum pjwt_pam_phase phase);

#endif
