/* What does one line of a pam.d file say? pam.conf(5), as libpam reads it. */
#ifndef PJWT_LINT_PAM_LINE_H
#define PJWT_LINT_PAM_LINE_H

#include <stdbool.h>
#include <stddef.h>

#define PJWT_PAM_CODES 32 /* return codes of libpam, 0 to 31 */

enum pjwt_pam_phase {
    PJWT_PAM_AUTH,
    PJWT_PAM_ACCOUNT,
    PJWT_PAM_PASSWORD,
    PJWT_PAM_SESSION,
    PJWT_PAM_PHASES
};

/* What a stack does on a return code; a number above 0 skips as many lines. */
enum pjwt_pam_action {
    PJWT_PAM_IGNORES = 0,
    PJWT_PAM_OK = -1,
    PJWT_PAM_DONE = -2,
    PJWT_PAM_BAD = -3,
    PJWT_PAM_DIE = -4,
    PJWT_PAM_RESET = -5,
    PJWT_PAM_UNDEF = -6
};

enum pjwt_pam_kind {
    PJWT_PAM_MODULE,
    PJWT_PAM_INCLUDE,
    PJWT_PAM_SUBSTACK,
    PJWT_PAM_AT_INCLUDE, /* @include: every phase of that file */
    PJWT_PAM_FAILS       /* libpam cannot read it, and fails there */
};

/* Borrowed from the text that was read. */
struct pjwt_pam_line {
    enum pjwt_pam_phase phase; /* without meaning for @include */
    enum pjwt_pam_kind kind;
    bool quiet;         /* a '-' in front: a missing module is passed over */
    const char *target; /* the module or the included file; NULL when there is none */
    char *args;         /* the rest of the line */
    const char *fault;  /* static; NULL: the line is as it should be */
    int action[PJWT_PAM_CODES];
};

/*
 * The next line of `*text` (NUL-terminated, taken apart in place), joined with those that a
 * backslash continues; `*number` counts lines and is, on return, that of its first. False at
 * the end. Comments and empty lines are passed over.
 */
bool pjwt_pam_next_line(char **text, long *next, long *number, char **line);

/* What that line says; `line` is taken apart in place. */
void pjwt_pam_line_read(char *line, struct pjwt_pam_line *said);

/* The next word at `*text`, which is moved behind it; one in [] is one word. NULL at the end.
 */
char *pjwt_pam_word(char **text);

/* Fills `action` from a control word, such as "required" or "success=ok default=bad". False
 * when it is malformed; then every code is bad. "include" and "substack" are not for this. */
bool pjwt_pam_control_read(const char *word, int action[PJWT_PAM_CODES]);

/* "auth", "perm_denied"; static. */
const char *pjwt_pam_phase_name(enum pjwt_pam_phase phase);
const char *pjwt_pam_code_name(int code);

#endif
