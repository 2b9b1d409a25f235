/* How is one question put, and its answer believed? */
#ifndef PJWT_PAM_ASK_H
#define PJWT_PAM_ASK_H

#include "lib/wire/answer.h"
#include "lib/wire/question.h"
#include "pam_jwt/args.h"

/*
 * Starts a judge, asks it, ends it: all within PJWT_DEADLINE_MS. `*answer` is always filled:
 * with the judge's answer, or with a refusal of our own (JUDGE_START, JUDGE_SILENT, JUDGE_LATE,
 * JUDGE_ANSWER, QUESTION, NO_MEMORY). What was refused after the judge ran counts as looked at,
 * since we cannot know.
 */
void pjwt_ask(const struct pjwt_args *args, const struct pjwt_question *question,
              struct pjwt_answer *answer);

#endif
