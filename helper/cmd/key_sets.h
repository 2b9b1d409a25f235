/* Which files hold an issuer's keys, and who may change them now? */
#ifndef PJWT_CMD_KEY_SETS_H
#define PJWT_CMD_KEY_SETS_H

#include "helper/cmd/command.h"
#include "lib/base/json.h"
#include "lib/policy/config.h"

#include <stdbool.h>

/* One file, read whole. */
struct pjwt_key_set {
    char *path;
    bool secret;
    json_t *set;
};

/* Private members are wiped. */
void pjwt_key_sets_clear(struct pjwt_key_set *set);
#define PJWT_KEY_SET_SCOPE __attribute__((cleanup(pjwt_key_sets_clear)))

/* Reads keys/<the issuer's keys>, or private/<section>.jwks when `secret`; a file that is not
 * there is an empty set. Where the issuer has `hmac` both are the one in keys/, a secret file:
 * what verifies signs. PJWT_EXIT_OK, or says why not. */
enum pjwt_exit pjwt_key_sets_load(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                                  const struct pjwt_issuer *issuer, bool secret,
                                  struct pjwt_key_set *set);

/* Says why the set could not be read; returns the exit status. */
enum pjwt_exit pjwt_key_sets_refused(const struct pjwt_cmd *cmd, const struct pjwt_key_set *set,
                                     pjwt_verdict v, const struct pjwt_why *why);

/* Writes it back, whole or not at all. */
enum pjwt_exit pjwt_key_sets_store(const struct pjwt_cmd *cmd, const struct pjwt_key_set *set);

/* Waits until no other command changes keys; the lock ends with `*fd` (owned by the caller). */
enum pjwt_exit pjwt_key_sets_lock(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                                  int *fd);

/* Adds `jwk` (borrowed) to the end. */
enum pjwt_exit pjwt_key_sets_append(const struct pjwt_cmd *cmd, struct pjwt_key_set *set,
                                    json_t *jwk);

/* The kid of a JWK, or NULL; borrowed. */
const char *pjwt_key_sets_kid(const json_t *jwk);

/* May that word be a kid that we write? 1 to 256 printable ASCII characters, no blank. */
enum pjwt_exit pjwt_key_sets_check_kid(const struct pjwt_cmd *cmd, const char *kid);

/* Says which values --alg has; PJWT_EXIT_USAGE. */
enum pjwt_exit pjwt_key_sets_no_alg(const struct pjwt_cmd *cmd, const char *name);

#endif
