/* Which options exist? One row each: the parser, the sample file and the man page follow this
 * table, and a test holds them together. */
#ifndef PJWT_POLICY_OPTIONS_H
#define PJWT_POLICY_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* Parses `value` (borrowed) into `*field`; false when it is malformed or out of range, and then
 * `*expected` (static) says what would be right, or is NULL when memory ran out. Elements of a
 * list are separated by commas or newlines. */
typedef bool pjwt_option_parse_fn(void *field, const char *value, const char **expected);

struct pjwt_option {
    const char *section; /* "issuer", "service", "tickets", "root", "paths" */
    const char *name;
    size_t offset; /* of the field in the section's struct */
    pjwt_option_parse_fn *parse;
    const char *preset; /* parsed like typed text, so that presets are tested too; NULL: none */
    bool required;
    bool list;        /* its value may go on in indented lines */
    const char *says; /* what it is for, in one line, for whoever reads the table */
};

extern const struct pjwt_option pjwt_options[];
extern const size_t pjwt_option_count;

/* The row for that option of that kind of section; NULL when there is none. */
const struct pjwt_option *pjwt_option_find(const char *section, const char *name);

/* "90s", "15m", "8h", "7d", or a bare number of seconds; false when malformed, negative or over
 * ten years. Shared with the commands' --lifetime. */
bool pjwt_parse_span(const char *text, long *seconds);

#endif
