/* Why did this reason come about, and what can the person do about it? */
#ifndef PJWT_CMD_ADVICE_H
#define PJWT_CMD_ADVICE_H

#include "lib/base/verdict.h"

/* Static words without a full stop, one pair for every reason (helper/cmd/advice_rows.h). */
const char *pjwt_cause(pjwt_verdict v);
const char *pjwt_advice(pjwt_verdict v);

#endif
