/* How do results reach the reader? As TAP: one line for each test, comments for what went
 * wrong. */
#ifndef PJWT_TEST_TAP_H
#define PJWT_TEST_TAP_H

#include <stdbool.h>

/* "ok N - name" or "not ok N - name"; `detail` (may be NULL) is printed as comments below a
 * failure. */
void tap_result(bool ok, const char *name, const char *detail);
void tap_skip(const char *name, const char *reason);

/* The plan, at the end; returns what main() should: 0 when every test passed. */
int tap_end(void);

#endif
