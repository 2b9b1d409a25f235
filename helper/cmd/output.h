/* How does data reach stdout? Secrets past every buffer, JSON, and tables. */
#ifndef PJWT_CMD_OUTPUT_H
#define PJWT_CMD_OUTPUT_H

#include "helper/cmd/command.h"
#include "lib/base/json.h"
#include "lib/base/secret.h"

#include <stdbool.h>
#include <stddef.h>

#define PJWT_COLUMNS_MAX 8

/* Replaces by '?' what could move a terminal's cursor: control bytes that `keep` does not list,
 * the control characters U+0080 to U+009F, and what is no UTF-8. */
void pjwt_output_clean(char *text, const char *keep);

/* Writes the secret and a newline straight to stdout, with no copy in a buffer; false with
 * errno set. */
bool pjwt_output_secret(const struct pjwt_secret *secret) PJWT_MUST_USE;

/* Is stdout a file that others may read? */
bool pjwt_output_is_public(void);

/* Prints `value` (borrowed), indented or on one line, and a newline. */
void pjwt_output_json(const json_t *value, bool indented);

/* A table: measure every row first, then print every row; the first call prints the titles. */
struct pjwt_table {
    const char *const *title; /* `columns` of them */
    size_t columns;
    size_t width[PJWT_COLUMNS_MAX];
    bool titled;
};
void pjwt_output_measure(struct pjwt_table *table, const char *const *cell);
void pjwt_output_row(struct pjwt_table *table, const char *const *cell);

/* Adds string members to `object`; an empty or NULL `value` becomes null. */
void pjwt_output_set(json_t *object, const char *name, const char *value);
/* The same for an instant (RFC 3339; 0 becomes null). */
void pjwt_output_set_time(json_t *object, const char *name, int64_t instant);

#endif
