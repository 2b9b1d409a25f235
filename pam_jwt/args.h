/* What does the pam.d line ask for? */
#ifndef PJWT_PAM_ARGS_H
#define PJWT_PAM_ARGS_H

#include "lib/base/verdict.h"
#include "lib/base/why.h"

#include <stdbool.h>

struct pjwt_args {
    const char
        *config; /* config=PATH, absolute, or NULL for the built-in one; borrowed from argv */
    const char *verify; /* verify=PATH, the judge, absolute; never NULL */
    bool debug;
};

/* Any argument that is none of these, or is there twice, refuses. Reasons: ARGUMENT. */
pjwt_verdict pjwt_args_parse(int argc, const char **argv, struct pjwt_args *args,
                             struct pjwt_why *why) PJWT_MUST_USE;

#endif
