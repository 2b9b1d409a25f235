/* Processes of a login that a test makes up. */
#ifndef PJWT_TEST_RELATIVES_H
#define PJWT_TEST_RELATIVES_H

#include "helper/process/stat.h"

#include <stdbool.h>

/* Until a signal ends it. */
_Noreturn void relatives_wait(void);

/* Writes to `out` which part (an enum of the test's) this process is: two pid_t, the part and
 * the pid. */
void relatives_report(int out, int part);

/* Is it still the same process? */
bool relatives_lives(const struct pjwt_process *p);

#endif
