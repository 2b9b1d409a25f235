/* Is there a way in that is not ours? */
#ifndef PJWT_LINT_WAY_IN_H
#define PJWT_LINT_WAY_IN_H

#include "helper/lint/lint.h"

/* A finding when neither the console nor a root key would let anybody in while the module
 * refuses everything. */
void pjwt_lint_way_in(struct pjwt_lint *lint);

#endif
