/* How long may a refusal take? As long as every other one that nothing authentic led to: else
 * the time tells which users exist, since sshd replaces what is typed for those that do not. */
#ifndef PJWT_JUDGE_EVEN_H
#define PJWT_JUDGE_EVEN_H

#include "lib/wire/answer.h"

#include <time.h>

#define PJWT_EVEN_MS 50 /* a refusal takes a multiple of it; most take one */

/* When this process began to think, in CLOCK_MONOTONIC. */
struct timespec pjwt_even_start(void);

/* Waits for the next multiple since `start`, unless `answer` tells more than a guesser may hear
 * anyway: an acceptance, a reason behind an authentic credential, a machine out of order. */
void pjwt_even_wait(const struct timespec *start, const struct pjwt_answer *answer);

#endif
