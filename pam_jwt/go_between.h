/* What happens between the host and the judge? A process that belongs to neither. */
#ifndef PJWT_PAM_GO_BETWEEN_H
#define PJWT_PAM_GO_BETWEEN_H

struct pjwt_go_between {
    const char *verify; /* the judge, absolute; borrowed */
    const char *config; /* or NULL */
    int talk;           /* the judge's end of the question */
    int leash;          /* where to report, and whose end means: end the judge */
};

/*
 * The go-between's whole life, called in a fresh clone of the host, all signals blocked. The
 * host may have threads, so only async-signal-safe calls and raw system calls are allowed, and
 * no memory is allocated. Sends one int over the leash: 0 when the judge runs, else an errno.
 * Never returns.
 */
void pjwt_go_between_run(const struct pjwt_go_between *job) __attribute__((noreturn));

#endif
