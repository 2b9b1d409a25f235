/* What a message of either direction may hold. */
#ifndef PJWT_TEST_WIRE_PARTS_H
#define PJWT_TEST_WIRE_PARTS_H

#include "lib/base/grant.h"

#include <stdio.h>

#define SET(field, value) (void)snprintf((field), sizeof(field), "%s", (value))

/* By a token, with every field that one has. */
struct pjwt_grant wire_grant(void);

#endif
