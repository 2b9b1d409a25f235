/* Who goes through a stack? A login of its own, as the row's lines have prepared it. */
#ifndef PJWT_TEST_GUEST_LOGIN_H
#define PJWT_TEST_GUEST_LOGIN_H

#include "tests/pam/matrix/rows.h"
#include "tests/pam/scene.h"

/* One login in one stack. */
struct guest {
    struct talk talk;
    pam_handle_t *pamh;
    int code;
    int setcred; /* after auth alone */
};

/* Plays lines of a case; what goes wrong ends the run. */
void guest_play(struct scene *scene, const char *const lines[][2], size_t count);

/* A handle with the pam.d of the house as it is now; the user and the answers are `maker`'s. */
void guest_start(struct guest *guest, const struct house *house, const struct scene *maker);
/* By the token of `maker`, before an account or session check; a refusal ends the run. */
void guest_log_in(struct guest *guest, const struct scene *maker);
/* Fills in the codes. */
void guest_run(struct guest *guest, const struct phase *phase);
void guest_end(struct guest *guest);

#endif
