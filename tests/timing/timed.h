/* Which calls are timed? One table for each folder of lib/. */
#ifndef PJWT_TIMING_TIMED_H
#define PJWT_TIMING_TIMED_H

#include "tests/timing/dudect.h"

extern const struct dudect_case ticket_cases[];
extern const size_t ticket_cases_count;
extern const struct dudect_case jose_cases[];
extern const size_t jose_cases_count;

/* Before any of them is measured. */
void ticket_cases_prepare(void);
void jose_cases_prepare(void);

/* For the tables: where a result goes that nobody needs, and bytes nobody foresees. */
extern volatile int timing_sink;
void timing_random(void *out, size_t len);

#endif
