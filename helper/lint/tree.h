/* What do the machine's own files say, below the root that lint looks at? They are not ours:
 * links are followed, as their owners follow them. */
#ifndef PJWT_LINT_TREE_H
#define PJWT_LINT_TREE_H

#include "helper/lint/lint.h"

enum pjwt_tree { PJWT_TREE_THERE, PJWT_TREE_MISSING, PJWT_TREE_UNREADABLE };

/* Reads the regular file `path` (as it is, the root in front of it): at most `max` bytes and a
 * NUL, owned by the caller; a NUL byte in it ends the text. Larger is UNREADABLE. */
enum pjwt_tree pjwt_tree_read(const char *path, size_t max, char **text);

/* A finding when somebody but root (or who runs lint) may change that file. */
void pjwt_tree_check_owner(struct pjwt_lint *lint, const char *path);

/* The names in a directory, sorted; at most `max`. */
enum pjwt_tree pjwt_tree_list(const char *dir, size_t max, struct pjwt_list *names);

#endif
