/* What does one run of `pamjwt lint` look at, and what has it found? */
#ifndef PJWT_LINT_LINT_H
#define PJWT_LINT_LINT_H

#include "helper/cmd/command.h"
#include "helper/lint/findings.h"
#include "lib/base/own.h"
#include "lib/base/why.h"
#include "lib/policy/config.h"

#include <stdbool.h>

#define PJWT_LINT_MAX 1000 /* findings that are kept */

struct pjwt_found {
    enum pjwt_finding finding;
    char *file; /* owned */
    long line;  /* 0: the file as a whole */
    struct pjwt_why detail;
};

/* A section's start or an option, as written. */
struct pjwt_lint_option {
    char *kind;   /* "issuer"; owned, as all of these */
    char *name;   /* the first NAME of the section, or "" */
    char *option; /* NULL: the section starts here */
    char *value;
    const char *file; /* borrowed from the config's files */
    long line;
};

struct pjwt_lint {
    const struct pjwt_cmd *cmd;
    const char *root;           /* "" or a directory without '/' at its end; borrowed */
    char *config_path;          /* below `root`; owned */
    struct pjwt_config *config; /* NULL: it does not load; owned */
    struct pjwt_lint_option *option;
    size_t options;
    struct pjwt_found *found;
    size_t founds;
    bool unexamined; /* something could not be looked at */
    bool short_of_memory;
};

/* Adds a finding about `file` (borrowed); the words (NULL: none) say what in particular. The
 * same one twice is kept once. */
void pjwt_lint_add(struct pjwt_lint *lint, enum pjwt_finding finding, const char *file,
                   long line, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* This could not be looked at: a finding, and exit status 3. */
void pjwt_lint_unexamined(struct pjwt_lint *lint, const char *file, const char *words);

/* The absolute `path` below the root; owned by the caller, NULL without memory (remembered). */
char *pjwt_lint_path(struct pjwt_lint *lint, const char *path);

/* The areas. Each looks at its own and returns when that is done. */
void pjwt_lint_config(struct pjwt_lint *lint);
void pjwt_lint_files(struct pjwt_lint *lint);
void pjwt_lint_keys(struct pjwt_lint *lint);
void pjwt_lint_key_files(struct pjwt_lint *lint);
void pjwt_lint_issuers(struct pjwt_lint *lint);
void pjwt_lint_groups(struct pjwt_lint *lint);
void pjwt_lint_login_ticket(struct pjwt_lint *lint);
void pjwt_lint_clock(struct pjwt_lint *lint);
void pjwt_lint_store(struct pjwt_lint *lint);

/* pam.d, and with what it says sshd, sudo and the ways in. */
void pjwt_lint_pam(struct pjwt_lint *lint);

/* What was found, sorted by file and line, as lines or as JSON. */
void pjwt_lint_show(struct pjwt_lint *lint, bool json);

#endif
