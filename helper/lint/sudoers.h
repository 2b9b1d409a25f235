/* Which settings stand in sudoers? Only what lint asks about is read: Defaults, and the tags
 * that spare the question. sudoers(5). */
#ifndef PJWT_LINT_SUDOERS_H
#define PJWT_LINT_SUDOERS_H

#include "helper/lint/lint.h"

#define PJWT_SUDOERS_BYTES 262144 /* of one file */
#define PJWT_SUDOERS_FILES 128    /* included, all together */

/* One setting: NAME, NAME=VALUE or !NAME of a Defaults line; or the tag NOPASSWD with `value`
 * NULL. All borrowed. */
struct pjwt_sudoers_setting {
    const char *name;
    const char *value; /* NULL: none */
    bool off;          /* '!' in front */
    const char *file;
    long line;
};

typedef void pjwt_sudoers_fn(void *context, const struct pjwt_sudoers_setting *setting);

/* Calls `each` for the settings of etc/sudoers below `root` and of what it includes, in their
 * order. False when something could not be read or a bound was met; `*there` tells whether
 * there is a sudoers. */
bool pjwt_sudoers_read(const char *root, bool *there, pjwt_sudoers_fn *each, void *context);

#endif
