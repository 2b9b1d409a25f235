/* Is what an earlier module asked for one of our credentials? */
#ifndef PJWT_PAM_FIRST_PASS_H
#define PJWT_PAM_FIRST_PASS_H

#include "pam_jwt/converse.h"

/*
 * Reads PAM_AUTHTOK, and never sets it. What starts as a token or a ticket is taken whole, of
 * whatever length; of anything else, the password of a pam_unix above us say, not one byte is
 * taken: the credential is then empty and `typed->typing` PJWT_TYPED_FOREIGN. `typed->parts` is
 * 0 when nothing at all is there. Release `*typed` with pjwt_typed_clear(). Reasons: NO_MEMORY.
 */
pjwt_verdict pjwt_first_pass(pam_handle_t *pamh, struct pjwt_typed *typed) PJWT_MUST_USE;

#endif
