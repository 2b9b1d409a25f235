/* How does one call of authenticate come to its answer? */
#ifndef PJWT_PAM_ATTEMPT_H
#define PJWT_PAM_ATTEMPT_H

#include "lib/wire/answer.h"
#include "pam_jwt/args.h"

#include <security/pam_modules.h>

/*
 * What an earlier module asked for, where the pam.d line wants that; then our own prompts; and
 * what the judge says of either. `question` brings who asks; on return it holds the attempt
 * that
 * `*answer`, always filled, belongs to. `*hint` is static words for the log, or untouched.
 *
 * A credential of the earlier module that is refused before we ask has its own line in the log.
 */
void pjwt_attempt(pam_handle_t *pamh, const struct pjwt_args *args,
                  struct pjwt_question *question, struct pjwt_answer *answer,
                  const char **hint);

#endif
