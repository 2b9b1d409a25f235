/* What does the log say of a decision? One line, always of the same shape. */
#ifndef PJWT_PAM_LOGLINE_H
#define PJWT_PAM_LOGLINE_H

#include "lib/wire/answer.h"
#include "lib/wire/question.h"

#include <security/pam_modules.h>

/* accepted|refused|passed user= service= rhost= issuer= kid= id= reason= attempt= [why=]
 * [hint=]. Values are escaped and clipped; those a token claims without proof are marked.
 * Nothing here is ever a secret. `hint` (static) may be NULL. */
void pjwt_logline(pam_handle_t *pamh, const struct pjwt_question *question,
                  const struct pjwt_answer *answer, const char *hint);

#endif
