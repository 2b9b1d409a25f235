/* How is a judge started from a root process that others control? */
#ifndef PJWT_PAM_START_H
#define PJWT_PAM_START_H

#include "lib/base/verdict.h"
#include "lib/base/why.h"
#include "pam_jwt/args.h"
#include "pam_jwt/deadline.h"

#include <sys/types.h>

/*
 * The host must not notice: no SIGCHLD, nothing that its waitpid(-1) could reap. So a
 * go-between is cloned with no exit signal; it never execs (exec would set the signal to
 * SIGCHLD again), forks the judge, and ends it when we let go of the leash or die.
 */
struct pjwt_judge {
    int talk;         /* SOCK_SEQPACKET: the question goes out, the answer comes in */
    int leash;        /* closing it ends the judge */
    int pidfd;        /* of the go-between */
    pid_t go_between; /* reaped with __WCLONE */
};

#define PJWT_JUDGE_NONE \
    (struct pjwt_judge) { -1, -1, -1, 0 }

/* The judge's only descriptor besides 0, 1 and 2, which are the null device. */
#define PJWT_JUDGE_FD 3

/* Starts args->verify and waits, within `deadline`, until it runs. End `*judge` whatever the
 * verdict. Reasons: JUDGE_START. */
pjwt_verdict pjwt_judge_start(const struct pjwt_args *args,
                              const struct pjwt_deadline *deadline, struct pjwt_judge *judge,
                              struct pjwt_why *why) PJWT_MUST_USE;

/* Ends the judge if it still runs, reaps the go-between, closes everything. */
void pjwt_judge_end(struct pjwt_judge *judge);

#define PJWT_JUDGE_SCOPE __attribute__((cleanup(pjwt_judge_end)))

#endif
