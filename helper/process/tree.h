/* Which processes belong to a login? */
#ifndef PJWT_PROCESS_TREE_H
#define PJWT_PROCESS_TREE_H

#include "helper/process/table.h"

#define PJWT_GROUP_SIZE 4096

/* What holds a login's processes together whatever they do. */
struct pjwt_group {
    enum pjwt_group_kind { PJWT_GROUP_NONE, PJWT_GROUP_SCOPE, PJWT_GROUP_AUDIT } kind;
    char name[PJWT_GROUP_SIZE];
};

/* The scope that logind made for the login that `root` opened, when root is in one that its
 * parent is not in; else its audit session, under the same rule; else none. To be asked while
 * root lives, and kept: who runs in the login may outlive it, and leave the tree then. */
void pjwt_group_find(const struct pjwt_process *root, struct pjwt_group *group);

/*
 * Marks in `member` (`all->count` flags, which may be set already: what once belonged stays)
 * the processes of the login that `root` opened: all that are in its group; and in any case its
 * descendants, and the members of every kernel session that one of them made.
 *
 * A kernel session of which root itself is a mere member (a shell's, for sudo) is not taken.
 * What left tree and session before this moment is out of reach, save by scope or audit
 * session. cgroups(7), credentials(7), setsid(2).
 */
void pjwt_tree_mark(const struct pjwt_processes *all, const struct pjwt_process *root,
                    const struct pjwt_group *group, bool *member);

#endif
