/* Does a case go as its file says, its controls too, and can somebody else log in afterwards?
 */
#ifndef PJWT_TEST_PLAY_H
#define PJWT_TEST_PLAY_H

#include "tests/pam/house.h"
#include "tests/pam/scene.h"
#include "tests/pam/script.h"

/* NULL when it does; else what went wrong, owned by the caller. */
char *play_case(const struct script *script, struct house *house);

/* One line of a case, by hand; nothing happens once something went wrong. */
void play_line(struct scene *scene, const char *name, const char *text);

/* Settles the last run and ends the scene; what went wrong, owned by the caller. */
char *play_end(struct scene *scene);

#endif
