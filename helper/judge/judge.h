/* What is the answer to this question? */
#ifndef PJWT_JUDGE_JUDGE_H
#define PJWT_JUDGE_JUDGE_H

#include "lib/store/handoff.h"
#include "lib/wire/answer.h"
#include "lib/wire/question.h"

/*
 * Opens and checks config and store, then decides on `question` (borrowed) for `asker`.
 * `config` is the path of the config file.
 * `*answer` is always filled. Config and store are judged before one byte of the credential is
 * looked at, so that no typed byte chooses which code comes out.
 */
void pjwt_judge(const char *config, const struct pjwt_question *question,
                const struct pjwt_asker *asker, struct pjwt_answer *answer);

#endif
