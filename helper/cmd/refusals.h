/* Which of the refusals that the judge kept are asked for? */
#ifndef PJWT_CMD_REFUSALS_H
#define PJWT_CMD_REFUSALS_H

#include "lib/base/file.h"
#include "lib/base/json.h"

/* All borrowed; "" leaves it open. */
struct pjwt_refusals_wanted {
    const char *user;
    const char *service;
    const char *attempt;
    size_t most; /* how many, the newest first */
};

/* Adds an object for each to `rows`. Reads `run`, the config's [paths] run. */
enum pjwt_file pjwt_refusals_rows(const char *run, const struct pjwt_refusals_wanted *wanted,
                                  json_t *rows, struct pjwt_why *why);

/* "2026-01-01T00:05:31Z expired attempt=3f9a61c07b2e …" */
void pjwt_refusals_print(const json_t *row);

#endif
