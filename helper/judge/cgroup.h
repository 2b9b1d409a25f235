/* Can somebody who is not root freeze this process through its cgroup? */
#ifndef PJWT_JUDGE_CGROUP_H
#define PJWT_JUDGE_CGROUP_H

#include "lib/base/verdict.h"
#include "lib/base/why.h"

/*
 * A user with a delegated cgroup may freeze what is in it, root's processes too, and a frozen
 * writer blocks every revocation. So a judge moves to the root of the hierarchy; where it may
 * not (a container), it stays if no other uid controls its cgroup or one above it. cgroups(7).
 * Reasons: PROCESS.
 */
pjwt_verdict pjwt_cgroup_leave(struct pjwt_why *why) PJWT_MUST_USE;

#endif
