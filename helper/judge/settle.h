/* Does anything of the caller still have a hold on this process? */
#ifndef PJWT_JUDGE_SETTLE_H
#define PJWT_JUDGE_SETTLE_H

#include "lib/base/verdict.h"
#include "lib/base/why.h"

/*
 * Resets what a process inherits and the module could not reset before exec — groups,
 * scheduler, nice, affinity, cgroup — and checks all of it. A root judge that the person who
 * started su could freeze, starve or kill midway must not take a lock. An unprivileged judge
 * has nothing to protect from its own user and only checks that it can work. Reasons: PROCESS.
 */
pjwt_verdict pjwt_settle(struct pjwt_why *why) PJWT_MUST_USE;

#endif
