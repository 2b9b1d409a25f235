/* What of this answer is kept for those who ask later why? */
#ifndef PJWT_JUDGE_REMEMBER_H
#define PJWT_JUDGE_REMEMBER_H

#include "lib/policy/config.h"
#include "lib/wire/answer.h"
#include "lib/wire/question.h"

#include <stdint.h>

/*
 * Keeps a refusal in the ring of lib/store/refusals.h; all borrowed. `config` is NULL when it
 * could not be loaded: then the built-in directory is taken, if `path` is the built-in config.
 */
void pjwt_remember(const char *path, const struct pjwt_config *config,
                   const struct pjwt_question *question, const struct pjwt_answer *answer,
                   int64_t now);

#endif
