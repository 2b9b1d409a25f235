/* Who is asking to be whom, where? The PAM items, as a question that is not asked yet. */
#ifndef PJWT_PAM_SCENE_H
#define PJWT_PAM_SCENE_H

#include "lib/wire/question.h"

#include <security/pam_modules.h>

/* Fills what is known without asking anybody. What is longer than a field is cut: cut names
 * match nobody. Reasons: INTERNAL (no random bytes for the attempt). */
pjwt_verdict pjwt_scene_fill(pam_handle_t *pamh, enum pjwt_ask ask,
                             struct pjwt_question *question) PJWT_MUST_USE;

/* Another number for the log and the person. Reasons: INTERNAL. */
pjwt_verdict pjwt_scene_name_attempt(char attempt[PJWT_ATTEMPT_SIZE]) PJWT_MUST_USE;

/* Makes sure of the user; the application may have to ask. Reasons: CONVERSATION. */
pjwt_verdict pjwt_scene_user(pam_handle_t *pamh, struct pjwt_question *question) PJWT_MUST_USE;

#endif
