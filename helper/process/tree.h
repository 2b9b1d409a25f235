/* Which processes belong to a login? */
#ifndef PJWT_PROCESS_TREE_H
#define PJWT_PROCESS_TREE_H

#include "helper/process/table.h"

/*
 * Marks in `member` (`all->count` flags, which may be set already: what once belonged stays)
 * the processes of the login that `root` opened: all that logind put into its scope, when root
 * has a scope that its parent has not; else all of its audit session, under the same rule; and
 * in any case its descendants, and the members of every kernel session that one of them made.
 *
 * A kernel session of which root itself is a mere member (a shell's, for sudo) is not taken.
 * What left tree and session before this moment is out of reach, save by scope or audit
 * session. cgroups(7), credentials(7), setsid(2).
 */
void pjwt_tree_mark(const struct pjwt_processes *all, const struct pjwt_process *root,
                    bool *member);

#endif
