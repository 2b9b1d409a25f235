/* What do the words behind the verb say? One parser for every command, fed by its table of
 * flags. */
#ifndef PJWT_CMD_FLAGS_H
#define PJWT_CMD_FLAGS_H

#include "lib/base/why.h"

#include <stdbool.h>
#include <stddef.h>

#define PJWT_OPERANDS_MAX 4
#define PJWT_GIVEN_MAX    64 /* flags on one command line */

struct pjwt_flag {
    const char *name; /* without the dashes; NULL ends a table */
    const char
        *value; /* what its value is called in the help; NULL: a switch; "[X]": "" will do */
    bool required;
    bool many; /* may be repeated */
    const char *says;
};

/* All borrowed from the command line. */
struct pjwt_args {
    const char *operand[PJWT_OPERANDS_MAX];
    size_t operands;
    struct {
        const struct pjwt_flag *flag;
        const char *value;
    } given[PJWT_GIVEN_MAX];
    size_t givens;
};

/* How many operands a command takes, and what they are called ("SECTION JTI"). */
struct pjwt_operands {
    const char *names;
    size_t least, most;
};

/* Reads `argv`, a NULL-terminated list without the verb. False when it is wrong, and then `why`
 * says how. A flag's value may stand behind "=" or in the next word; "--" ends the flags. */
bool pjwt_flags_parse(const struct pjwt_flag *flags, const struct pjwt_operands *wanted,
                      char *const *argv, struct pjwt_args *args, struct pjwt_why *why);

/* Is --help (or -h) among the words in front of "--"? */
bool pjwt_flags_help(char *const *argv);

/* The value of the flag, NULL when it was not given (or is a switch). */
const char *pjwt_flags_value(const struct pjwt_args *args, const char *name);
bool pjwt_flags_on(const struct pjwt_args *args, const char *name);

/* The next value of a flag that may be repeated, NULL at the end; `*place` starts at 0. */
const char *pjwt_flags_next(const struct pjwt_args *args, const char *name, size_t *place);

#endif
