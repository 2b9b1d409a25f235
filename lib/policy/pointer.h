/* Which value does this JSON Pointer name? RFC 6901. */
#ifndef PJWT_POLICY_POINTER_H
#define PJWT_POLICY_POINTER_H

#include <jansson.h>
#include <stdbool.h>

#define PJWT_POINTER_MAX 256 /* bytes of a pointer or a claim's name, without the NUL */

/* Starts with '/', is no longer than PJWT_POINTER_MAX, and every '~' is followed by 0 or 1. */
bool pjwt_pointer_valid(const char *pointer);

/* The value in `root` that `pointer` (valid by the rule above) names; borrowed from `root`,
 * NULL when there is none. */
const json_t *pjwt_pointer_get(const json_t *root, const char *pointer);

#endif
