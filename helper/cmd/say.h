/* How do we talk to the person? On stderr, in one line that says what, where and what to do. */
#ifndef PJWT_CMD_SAY_H
#define PJWT_CMD_SAY_H

#include "helper/cmd/command.h"
#include "lib/base/verdict.h"
#include "lib/base/why.h"

#include <stdbool.h>

/* "pamjwt VERB: what — todo"; `todo` NULL: nothing to advise. Returns `status`, so that a
 * command can return what it says. Control bytes become '?' (in `todo` all but line ends). */
enum pjwt_exit pjwt_say_error(const struct pjwt_cmd *cmd, enum pjwt_exit status,
                              const char *todo, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same for a refusal of lib/: its text, the words of `why`, and our advice for it. */
enum pjwt_exit pjwt_say_verdict(const struct pjwt_cmd *cmd, pjwt_verdict v,
                                const struct pjwt_why *why);

/* "pamjwt VERB: warning: …" */
void pjwt_say_warning(const struct pjwt_cmd *cmd, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A warning when the secret that went to stdout lies in a file that others may read. */
void pjwt_say_if_public(const struct pjwt_cmd *cmd);

/* A name that was mistyped would revoke nothing: warns unless the machine knows the user. */
void pjwt_say_unknown_user(const struct pjwt_cmd *cmd, const char *user);

/* A plain line of talk. */
void pjwt_say_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A misuse of the command line: points at --help; returns PJWT_EXIT_USAGE. */
enum pjwt_exit pjwt_say_usage(const struct pjwt_cmd *cmd, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Which exit status a refusal of lib/ has: 1 when it says no, 3 when something is not there. */
enum pjwt_exit pjwt_say_status(pjwt_verdict v);

/* What may the terminal show? Letters beyond ASCII; colour on stdout. */
bool pjwt_say_utf8(void);
bool pjwt_say_colour(void);

#endif
