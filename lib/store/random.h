/* Where do secrets come from? The kernel, through getrandom(2), and nowhere else. */
#ifndef PJWT_STORE_RANDOM_H
#define PJWT_STORE_RANDOM_H

#include "lib/base/verdict.h"

#include <stddef.h>

/* Fills `bytes` (borrowed). Reasons: INTERNAL. */
pjwt_verdict pjwt_random_fill(void *bytes, size_t len) PJWT_MUST_USE;

#endif
