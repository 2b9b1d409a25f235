/* The parts of what applies without a credential; for explain_*.c alone. */
#ifndef PJWT_CMD_EXPLAIN_AROUND_H
#define PJWT_CMD_EXPLAIN_AROUND_H

#include "lib/base/json.h"
#include "lib/policy/config.h"

/* Add the section with its options (section, file, line, options: option, value, file, line) to
 * `rows`. `name` is the service that was asked for. All borrowed. */
void pjwt_explain_service_section(const struct pjwt_config *config,
                                  const struct pjwt_service *service, const char *name,
                                  json_t *rows);
void pjwt_explain_issuer_section(const struct pjwt_config *config,
                                 const struct pjwt_issuer *issuer, json_t *rows);

void pjwt_explain_print_section(const json_t *row);

#endif
