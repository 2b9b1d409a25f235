/* What do the parts of `explain` know of each other? */
#ifndef PJWT_CMD_EXPLAIN_H
#define PJWT_CMD_EXPLAIN_H

#include "helper/cmd/checks.h"
#include "helper/process/stat.h"
#include "lib/login.h"

#define PJWT_EXPLAIN_USER 256 /* bytes, as long as PAM_USER may be */

/* One run. Owned by pjwt_explain_run(), borrowed by the rest. */
struct pjwt_explain {
    const struct pjwt_cmd *cmd;
    struct pjwt_checks checks;
    struct pjwt_config *config; /* NULL: it could not be loaded */
    struct pjwt_store *store;   /* NULL: it could not be opened */
    struct pjwt_scene scene;
    char boot[PJWT_BOOT_SIZE];
    struct pjwt_report report;
    struct pjwt_grant grant;
    char user[PJWT_EXPLAIN_USER];
    char *ssh_auth_info;  /* what --ssh-key names */
    bool credential;      /* one was handed over */
    struct pjwt_why hint; /* what is odd about it; "" */
    json_t *around;       /* without one: what applies */
};

/* Without a credential: every check that needs none, and `around`, an object with the arrays
 * sections, keys, maps, revocations, refusals. The first refusal, or OK. */
pjwt_verdict pjwt_explain_around(struct pjwt_explain *e) PJWT_MUST_USE;

/* The user_map lines of `issuer` that name the user, added to `maps`. */
void pjwt_explain_maps(const struct pjwt_explain *e, const struct pjwt_issuer *issuer,
                       json_t *maps);

/* `around` as lines of text. */
void pjwt_explain_print_around(const struct pjwt_explain *e);

/* What is odd about the bytes that were handed over (before blanks were taken off their ends),
 * in words, in e->hint; nothing of them is repeated. */
void pjwt_explain_hint(struct pjwt_explain *e, const struct pjwt_secret *text);

/* The last line, or all of the JSON, and the exit status. */
enum pjwt_exit pjwt_explain_conclude(const struct pjwt_explain *e, pjwt_verdict v);

/* `explain --reason [CODE]` and `explain --attempt ID`. */
enum pjwt_exit pjwt_explain_reason(const struct pjwt_cmd *cmd, const char *code);
enum pjwt_exit pjwt_explain_attempt(const struct pjwt_cmd *cmd, const char *attempt);

#endif
