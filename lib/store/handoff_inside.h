/* Under what does the store keep a hand-off's id? For lib/store/handoff*.c alone. */
#ifndef PJWT_STORE_HANDOFF_INSIDE_H
#define PJWT_STORE_HANDOFF_INSIDE_H

#include "lib/store/digest.h"
#include "lib/store/handoff.h"

/* The SHA-256 of the id (borrowed, 32 characters), as the row has it. Reasons: INTERNAL. */
pjwt_verdict pjwt_handoff_hash(const char *id,
                               unsigned char hash[PJWT_DIGEST_SIZE]) PJWT_MUST_USE;

#endif
