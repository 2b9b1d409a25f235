/* Which PAM code does a verdict become, in which phase? The one place where they meet. */
#ifndef PJWT_PAM_CODES_H
#define PJWT_PAM_CODES_H

#include "lib/wire/answer.h"

/* All start from refusal. `authenticate`: everything once the credential was looked at is
 * PAM_AUTH_ERR, so that no typed byte chooses among codes. */
int pjwt_code_auth(const struct pjwt_answer *answer);
int pjwt_code_account(const struct pjwt_answer *answer);
int pjwt_code_session(const struct pjwt_answer *answer);

#endif
