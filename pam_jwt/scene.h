/* Who is asking to be whom, where? The PAM items, as a question that is not asked yet. */
#ifndef PJWT_PAM_SCENE_H
#define PJWT_PAM_SCENE_H

#include "lib/wire/question.h"

#include <security/pam_modules.h>

/* Fills everything but what was typed and the grant. What is longer than a field is cut: cut
 * names match nobody. Reasons: CONVERSATION (the application gives no user), INTERNAL (no
 * random bytes). */
pjwt_verdict pjwt_scene_fill(pam_handle_t *pamh, enum pjwt_ask ask,
                             struct pjwt_question *question) PJWT_MUST_USE;

#endif
