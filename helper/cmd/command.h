/* What is a command? A row of the table, and one run of it. */
#ifndef PJWT_CMD_COMMAND_H
#define PJWT_CMD_COMMAND_H

#include "helper/cmd/flags.h"
#include "lib/store/audit.h"

#include <stdint.h>

enum pjwt_exit {
    PJWT_EXIT_OK = 0,
    PJWT_EXIT_REFUSED = 1,    /* refused, or not found */
    PJWT_EXIT_USAGE = 2,      /* the command line is wrong */
    PJWT_EXIT_UNAVAILABLE = 3 /* something we need is not there, or not all was done */
};

/* Return from a command at the first step that did not go well; that step has said why. */
#define PJWT_OR_EXIT(expr)          \
    do {                            \
        enum pjwt_exit e_ = (expr); \
        if (e_ != PJWT_EXIT_OK) {   \
            return e_;              \
        }                           \
    } while (0)

struct pjwt_command;

/* One run. All borrowed. */
struct pjwt_cmd {
    const struct pjwt_command *command;
    const char *config; /* the config file, absolute */
    struct pjwt_args args;
    int64_t now; /* seconds since the epoch; read once, so that a run has one instant */
    struct pjwt_actor *actor; /* found when a store is opened */
};

typedef enum pjwt_exit pjwt_command_fn(const struct pjwt_cmd *cmd);

struct pjwt_command {
    const char *verb;
    const char *sub; /* NULL: the verb alone */
    pjwt_command_fn *run;
    const char *says; /* one line for the overview */
    struct pjwt_operands operands;
    const struct pjwt_flag *flags;
    const char *example;
};

/* The table; a row without a verb ends it. */
extern const struct pjwt_command pjwt_commands[];

pjwt_command_fn pjwt_init_run, pjwt_status_run, pjwt_lint_run, pjwt_explain_run,
    pjwt_version_run;
pjwt_command_fn pjwt_key_new_run, pjwt_key_add_run, pjwt_key_list_run, pjwt_key_show_run,
    pjwt_key_remove_run;
pjwt_command_fn pjwt_token_mint_run;
pjwt_command_fn pjwt_ticket_issue_run, pjwt_ticket_exchange_run, pjwt_ticket_renew_run,
    pjwt_ticket_list_run, pjwt_ticket_show_run;
pjwt_command_fn pjwt_revoke_ticket_run, pjwt_revoke_jti_run, pjwt_revoke_user_run,
    pjwt_revoke_subject_run, pjwt_revoke_issuer_run, pjwt_revoke_key_run, pjwt_revoke_list_run,
    pjwt_revoke_undo_run, pjwt_revoke_export_run, pjwt_revoke_import_run;
pjwt_command_fn pjwt_login_list_run, pjwt_login_end_run, pjwt_reap_run, pjwt_prune_run;
pjwt_command_fn pjwt_audit_run;
pjwt_command_fn pjwt_block_run, pjwt_block_lift;
pjwt_command_fn pjwt_backup_run, pjwt_restore_run, pjwt_repair_run;

#endif
