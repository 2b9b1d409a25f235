/* How is a claim's value told in one bounded line? */
#ifndef PJWT_POLICY_TELL_H
#define PJWT_POLICY_TELL_H

#include "lib/policy/listing.h"

#include <jansson.h>

/* Adds what `value` (borrowed; NULL: absent) holds: a string (its start, when it is long), an
 * integer, true or false, each element of an array; of all else only the kind. */
void pjwt_tell_value(const json_t *value, struct pjwt_listing *seen);

#endif
