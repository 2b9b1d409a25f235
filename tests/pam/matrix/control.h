/* What does libpam do with a module's code, under a control value of pam.d? */
#ifndef PJWT_TEST_CONTROL_H
#define PJWT_TEST_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

/* The control values of the matrix. */
extern const char *const controls[];
extern const size_t control_count;

/* Does that control value do the same for both codes? */
bool control_alike(const char *control, int code, int other);

/* The code as pam.d spells it: "auth_err"; never NULL. */
const char *control_code(int code);

#endif
