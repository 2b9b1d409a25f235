/* What is tried: a process that is stopped (SIGSTOP) at one of its system calls, and a
 * revocation meanwhile. */
#ifndef PJWT_TEST_FROZEN_H
#define PJWT_TEST_FROZEN_H

#include "tests/pam/house.h"

#include "lib/wire/answer.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define FROZEN_USER "alice"

/* One thing that a process does, to be stopped in the middle of it. */
struct frozen_kind {
    const char *name;
    /* Furnishes the house and starts the process, which waits to be led by frozen_lead().
     * `*talk` is a descriptor to close at the end, or -1. */
    pid_t (*start)(struct house *house, int *talk);
    int longest;     /* milliseconds that a revocation may take meanwhile */
    bool go_between; /* not this process is stopped, but the one that it clones */
};

extern const struct frozen_kind frozen_judges[], frozen_hosts[]; /* ended by NULL names */

/* To be called in the process itself before anything counts: its parent leads it from here. */
void frozen_follow(void);

/* Is there leave to lead processes here? Asks the kernel once, in a child. */
bool frozen_possible(void);

/* Leads it to its system call number `nth`, counted from 1, and leaves it stopped behind that;
 * false, and it is reaped: it ended before. */
bool frozen_lead(pid_t pid, size_t nth);

/* The same for the first process that it clones; itself it goes on. `*pidfd`, the caller's to
 * close, is of the stopped one. */
bool frozen_lead_clone(pid_t pid, size_t nth, int *pidfd);

/* Kills it (and who is behind `pidfd`, unless that is -1), reaps it, and all that comes to this
 * process when it dies; false: something lives on. */
bool frozen_bury(pid_t pid, int pidfd);

/* One trial: the process is stopped at its call number `nth`, `pamjwt` (the program) revokes a
 * token, which takes `*took` milliseconds; then the process is killed, nothing is left of it,
 * and somebody else logs in. `*wrong` (owned by the caller) is NULL when all went as it must.
 * False: it ended before that call. */
bool frozen_trial(const struct frozen_kind *kind, struct house *house, const char *pamjwt,
                  size_t nth, int *took, char **wrong);

/* Puts a question to a judge of the house; false: it has no answer. */
bool frozen_ask(const struct house *house, const struct pjwt_question *question,
                struct pjwt_answer *answer);

/* The same, but starts the judge alone, behind frozen_follow(). */
pid_t frozen_start_judge(const struct house *house, const struct pjwt_question *question,
                         int *talk);

/* A login by a new token with that jti: NULL, or what went wrong; owned by the caller. */
char *frozen_log_in(const struct house *house, const char *jti);

#endif
