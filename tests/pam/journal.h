/* What was logged in this process? Our own syslog(3) stands before the C library's, so that
 * libpam and the module log here and nothing reaches the machine's log. */
#ifndef PJWT_TEST_JOURNAL_H
#define PJWT_TEST_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

struct journal_line {
    int priority; /* without the facility */
    char *text;
};

/* Lines so far, from every writer. */
size_t journal_count(void);
const struct journal_line *journal_line(size_t index);

/* The line after the prefix "pam_jwt(SERVICE:PHASE): ", borrowed; NULL when the line is another
 * module's. */
const char *journal_ours(const struct journal_line *line);

/* How often somebody called openlog(3), which would rename the host in its own log. */
int journal_openlogs(void);

void journal_clear(void);

#endif
