/* Logins and looks at instants of a test's own. */
#ifndef PJWT_TEST_CLOCKS_H
#define PJWT_TEST_CLOCKS_H

#include "tests/unit/support/scratch.h"

#include "lib/store/clock.h"

#define NOW 1767225600
#define UP  5000

struct pjwt_clock clocks_at(int64_t now, int64_t up, const char *boot);

/* A login at that instant; the mark after it. */
int64_t clocks_login(struct scratch *s, int64_t now, int64_t up, const char *boot);

/* What the store says of a clock that stands so; `clocks_why` is what it says beside it. */
pjwt_verdict clocks_check(struct scratch *s, int64_t now, int64_t up, const char *boot);
extern struct pjwt_why clocks_why;

#endif
