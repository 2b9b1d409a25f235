/* What did each check say? Shown line by line, or collected as JSON; for `explain` and
 * `status`. */
#ifndef PJWT_CMD_CHECKS_H
#define PJWT_CMD_CHECKS_H

#include "helper/cmd/command.h"
#include "lib/base/json.h"
#include "lib/base/report.h"

/* Which option did a check enforce, and where does it stand? All borrowed. */
struct pjwt_decided {
    const char *option; /* NULL: no option decided */
    const char *file;   /* NULL: its default holds */
    long line;
    const char *value; /* as written, or the default; NULL: none */
};

struct pjwt_checks {
    struct pjwt_decided decided; /* of the next check to be added */
    bool cures;                  /* show cause and cure below a refusal */
    bool json;
    bool utf8;
    bool colour;
    json_t *rows;        /* owned */
    pjwt_verdict first;  /* the first refusal, OK when there is none */
    struct pjwt_why why; /* what it saw */
};

void pjwt_checks_start(const struct pjwt_cmd *cmd, struct pjwt_checks *checks);
void pjwt_checks_clear(struct pjwt_checks *checks);
#define PJWT_CHECKS_SCOPE __attribute__((cleanup(pjwt_checks_clear)))

/* A pjwt_checked_fn: `context` is the pjwt_checks. */
void pjwt_checks_add(void *context, const char *check, pjwt_verdict v, const char *seen);

/* The two lines below a refusal, where they are wanted. */
void pjwt_checks_cure(const struct pjwt_checks *checks, pjwt_verdict v);

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
