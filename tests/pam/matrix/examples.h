/* Do the examples that we ship refuse, whatever the reason? */
#ifndef PJWT_TEST_EXAMPLES_H
#define PJWT_TEST_EXAMPLES_H

#include "tests/pam/house.h"

/* Their names, in conf/pam.d. */
extern const char *const examples[];
extern const size_t example_count;

/* Copies them from the directory `from` while it can still be read; once. */
void example_bring(const struct house *house, const char *from);

/* The auth phase of that example, for every bad credential and for a good one; prints its TAP
 * line. */
void example_try(struct house *house, const char *service);

#endif
