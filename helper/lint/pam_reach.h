/* Can a stack pass while the module answers this, whatever may be true of the person? */
#ifndef PJWT_LINT_PAM_REACH_H
#define PJWT_LINT_PAM_REACH_H

#include "helper/lint/pam_stack.h"

struct pjwt_pam_question {
    enum pjwt_pam_phase phase;
    int ours;          /* what our module answers */
    bool credentials;  /* other modules' credentials are good */
    bool unknown_pass; /* a module that is not known may say yes */
};

struct pjwt_pam_reach {
    bool called;  /* it can pass although our module was asked */
    bool skipped; /* it can pass, and our module was not asked */
};

/* Tries every case of the conditions in the stack: the first 12 of them, the rest holds. */
struct pjwt_pam_reach pjwt_pam_reach(const struct pjwt_pam_stack *stack,
                                     const struct pjwt_pam_question *question);

/* The first line of the stack that calls our module; NULL: there is none. */
const struct pjwt_pam_handler *pjwt_pam_ours(const struct pjwt_pam_stack *stack,
                                             enum pjwt_pam_phase phase);

#endif
