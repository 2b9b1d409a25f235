/* What can the person do about this reason? */
#ifndef PJWT_CMD_ADVICE_H
#define PJWT_CMD_ADVICE_H

#include "lib/base/verdict.h"

/* Static; NULL when there is nothing to advise. */
const char *pjwt_advice(pjwt_verdict v);

#endif
