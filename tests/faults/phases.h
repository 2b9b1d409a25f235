/* What does the judge do between question and answer? */
#ifndef PJWT_FAULTS_PHASES_H
#define PJWT_FAULTS_PHASES_H

#include "lib/login.h"

#include <stdbool.h>

enum phase { PHASE_AUTH, PHASE_ACCOUNT, PHASE_OPEN };

struct scenario {
    char credential[32]; /* of the house; tests/faults/credentials.h */
    const char *user;
    enum pjwt_reason reason; /* without a fault */
    const char *service;     /* NULL: sshd */
    enum phase phase;
};

struct outcome {
    pjwt_verdict verdict;
    struct pjwt_grant grant;
    char login[PJWT_HANDOFF_SIZE];
    unsigned calls;
    bool whole; /* the attempt itself broke no rule */
    bool died;  /* cold alone */
};

/* Config, session file and decision of that phase about `typed` (borrowed). */
pjwt_verdict phase_run(const struct scenario *s, const struct pjwt_secret *typed,
                       struct outcome *out);

/* After `out`, an acceptance: is what was good once worth nothing any more, a one-time
 * credential or the id of a login that was opened? */
bool phase_spent(const struct scenario *s, const struct pjwt_secret *typed,
                 const struct outcome *out);

#endif
