/* Are config and store there for a command? Opened with words for the person when they are
 * not. */
#ifndef PJWT_CMD_OPEN_H
#define PJWT_CMD_OPEN_H

#include "helper/cmd/command.h"
#include "lib/policy/config.h"
#include "lib/store/store.h"

/* Loads the config; PJWT_EXIT_OK, or says why not and returns the exit status. */
enum pjwt_exit pjwt_open_config(const struct pjwt_cmd *cmd, struct pjwt_config **config);

/* The issuer of that section (borrowed from the config), or words that show what to add. */
enum pjwt_exit pjwt_open_issuer(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                                const char *section, const struct pjwt_issuer **issuer);

/* Opens the store. A writer's patience (below) lasts to its end, and so does its hold on
 * signals (helper/cmd/hold.h); a reader's patience ends here. */
enum pjwt_exit pjwt_open_store(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                               struct pjwt_store **store);
/* A writer that ends something: on a full disk the reserve is given up for it. */
enum pjwt_exit pjwt_open_store_to_revoke(const struct pjwt_cmd *cmd,
                                         const struct pjwt_config *config,
                                         struct pjwt_store **store);
enum pjwt_exit pjwt_open_store_to_read(const struct pjwt_cmd *cmd,
                                       const struct pjwt_config *config,
                                       struct pjwt_store **store);

/* Where the time decides: the clock must not have been set back. */
enum pjwt_exit pjwt_open_clock(const struct pjwt_cmd *cmd, struct pjwt_store *store);

/* A refusal of the store while it was written, with its place. */
enum pjwt_exit pjwt_say_store(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                              pjwt_verdict v);

/* A refusal about the ticket `id`. */
enum pjwt_exit pjwt_say_ticket(const struct pjwt_cmd *cmd, pjwt_verdict v, const char *id);

/* From now on a wait for a lock ends after 30 seconds, with STORE_BUSY. */
void pjwt_open_patience(void);

/* The wait is over: nothing interrupts a slow terminal or pipe. */
void pjwt_open_patience_end(void);

#endif
