/* What do the lines of the config file say? A strict dialect: nothing is cut, folded or
 * guessed. */
#ifndef PJWT_POLICY_INI_H
#define PJWT_POLICY_INI_H

#include "lib/base/verdict.h"
#include "lib/base/why.h"

#include <stddef.h>

#define PJWT_INI_BYTES 262144 /* of one file */
#define PJWT_INI_LINE  4096   /* bytes of one line, without its end */
#define PJWT_INI_NAMES 32     /* in one [kind NAME…] */

/* All borrowed, valid for as long as the text that is read. */
struct pjwt_ini {
    const char *file;
    long line;     /* of the bracket or of the option's name */
    long indented; /* the first indented line of the value; 0: there is none */
    const char *kind;
    const char *name[PJWT_INI_NAMES];
    size_t names;
    const char *option; /* NULL: the section starts here */
    const char *value;  /* without the blanks around it; each indented line follows a '\n' */
};

typedef pjwt_verdict pjwt_ini_fn(void *context, const struct pjwt_ini *entry);

/*
 * Calls `each` for every section's start and every option, in their order, and stops at its
 * first refusal. `text` (`len` bytes and a NUL) is taken apart in place. Which sections, names
 * and options exist is for `each` to say.
 *
 * Reasons: CONFIG_BAD, with file:line in `why`; those of `each`.
 */
pjwt_verdict pjwt_ini_read(const char *file, char *text, size_t len, pjwt_ini_fn *each,
                           void *context, struct pjwt_why *why) PJWT_MUST_USE;

/* Refuse with words that start with the place. */
#define PJWT_INI_REFUSE(why, file, line, format, ...)                       \
    (pjwt_why_set((why), "%s:%ld: " format, (file), (line), ##__VA_ARGS__), \
     PJWT_SAY(CONFIG_BAD))

#endif
