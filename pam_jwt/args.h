/* What does the pam.d line ask for? */
#ifndef PJWT_PAM_ARGS_H
#define PJWT_PAM_ARGS_H

#include "lib/base/verdict.h"
#include "lib/base/why.h"

#include <stdbool.h>

/* May what an earlier module asked for be our credential? */
enum pjwt_first_pass {
    PJWT_FIRST_PASS_NONE, /* PAM_AUTHTOK is not even read */
    PJWT_FIRST_PASS_TRY,  /* and when that does not let the user in, we ask */
    PJWT_FIRST_PASS_USE   /* and we never ask */
};

struct pjwt_args {
    const char
        *config; /* config=PATH, absolute, or NULL for the built-in one; borrowed from argv */
    const char *verify;              /* verify=PATH, the judge, absolute; never NULL */
    enum pjwt_first_pass first_pass; /* auth alone */
    bool debug;
};

/* Any argument that is none of these, is there twice, or contradicts another, refuses. Reasons:
 * ARGUMENT. */
pjwt_verdict pjwt_args_parse(int argc, const char **argv, struct pjwt_args *args,
                             struct pjwt_why *why) PJWT_MUST_USE;

#endif
