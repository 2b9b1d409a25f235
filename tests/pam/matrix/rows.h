/* Which logins must be refused, and by which code of the module? */
#ifndef PJWT_TEST_ROWS_H
#define PJWT_TEST_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#define ROW_LINES 4

/* The lines are those of a case: NAME and TEXT. */
struct row {
    const char *name;
    int code;                        /* what the module itself returns */
    const char *setup[ROW_LINES][2]; /* before anything runs */
    bool authenticate;               /* account and session: a good login first */
    const char *between[2];          /* one line after it */
};

struct phase {
    const char *type; /* in pam.d */
    const char *name; /* of the test module's argument, see pam_debug(8) */
    int (*call)(void *pamh);
    int deny;               /* what pam_deny returns */
    const struct row *rows; /* refused; ended by a row without a name */
    const struct row *good; /* admitted, likewise */
};

extern const struct phase phases[];
extern const size_t phase_count;

#endif
