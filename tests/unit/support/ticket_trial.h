/* A ticket of alice for sshd, and what a login by it is told. */
#ifndef PJWT_TEST_TICKET_TRIAL_H
#define PJWT_TEST_TICKET_TRIAL_H

#include "tests/unit/support/scratch.h"

#include "lib/store/tickets.h"

#define NOW  1767225600
#define HOUR 3600

/* Of the last check. */
extern struct pjwt_report ticket_trial_report;
extern struct pjwt_grant ticket_trial_grant;

/* Good for eight hours, idle after one, renewable for a day. */
struct pjwt_ticket ticket_trial_row(void);

/* Owned by the caller. */
struct pjwt_secret *ticket_trial_issue(struct scratch *s, struct pjwt_ticket *row);

/* A refusal must leave the grant as it was. */
pjwt_verdict ticket_trial_check_from(struct scratch *s, const struct pjwt_secret *text,
                                     const char *rhost, int64_t now);
pjwt_verdict ticket_trial_check(struct scratch *s, const struct pjwt_secret *text, int64_t now);

/* What the store has of it. */
struct pjwt_ticket ticket_trial_row_of(struct scratch *s, const char *id);

#endif
