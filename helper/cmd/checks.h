/* What did each check say? Shown line by line, or collected as JSON; for `explain` and
 * `status`. */
#ifndef PJWT_CMD_CHECKS_H
#define PJWT_CMD_CHECKS_H

#include "helper/cmd/command.h"
#include "lib/base/json.h"
#include "lib/base/report.h"

struct pjwt_checks {
    bool json;
    bool utf8;
    bool colour;
    json_t *rows;       /* owned */
    pjwt_verdict first; /* the first refusal, OK when there is none */
};

void pjwt_checks_start(const struct pjwt_cmd *cmd, struct pjwt_checks *checks);
void pjwt_checks_clear(struct pjwt_checks *checks);
#define PJWT_CHECKS_SCOPE __attribute__((cleanup(pjwt_checks_clear)))

/* A pjwt_checked_fn: `context` is the pjwt_checks. */
void pjwt_checks_add(void *context, const char *check, pjwt_verdict v, const char *seen);

/* The same with a name of two words ("issuer", "corp"); returns whether it passed. */
bool pjwt_checks_name(struct pjwt_checks *checks, const char *kind, const char *name,
                      pjwt_verdict v, const char *seen);

/* What somebody must know about the issuers of the config: can their keys be used? Only those
 * that `service` (NULL: every service) accepts. */
struct pjwt_config;
struct pjwt_service;
void pjwt_checks_issuers(struct pjwt_checks *checks, const struct pjwt_config *config,
                         const struct pjwt_service *service);

/* "accepts jwt, ticket" */
void pjwt_checks_service(struct pjwt_checks *checks, const struct pjwt_service *service,
                         const char *name);

#endif
