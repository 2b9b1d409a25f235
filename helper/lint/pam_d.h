/* Which services of pam.d call our module, and by which stacks? */
#ifndef PJWT_LINT_PAM_D_H
#define PJWT_LINT_PAM_D_H

#include "helper/lint/lint.h"
#include "helper/lint/pam_stack.h"

#define PJWT_PAM_SERVICES 256 /* files in one pam.d */

/* Reads the stacks of that service below the root; phases that it leaves out are those of
 * `other`, as in libpam. Clear it whatever the outcome. */
enum pjwt_pam_found pjwt_pam_d_service(struct pjwt_lint *lint, const char *name,
                                       struct pjwt_pam_service *service);

/* The services below the root that may call our module, by name; sorted, without those that are
 * only there to be included. */
void pjwt_pam_d_services(struct pjwt_lint *lint, struct pjwt_list *names);

/* Does the service call our module in that phase? */
bool pjwt_pam_d_calls(const struct pjwt_pam_service *service, enum pjwt_pam_phase phase);

#endif
