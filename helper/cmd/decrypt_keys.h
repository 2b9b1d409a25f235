/* Which keys does an issuer encrypt for, and how do the key commands handle them? */
#ifndef PJWT_CMD_DECRYPT_KEYS_H
#define PJWT_CMD_DECRYPT_KEYS_H

#include "helper/cmd/key_sets.h"

/* Reads private/<the issuer's decrypt>; a file that is not there, or an issuer without the
 * option, is an empty set (then set->path is NULL). PJWT_EXIT_OK, or says why not. */
enum pjwt_exit pjwt_decrypt_keys_load(const struct pjwt_cmd *cmd,
                                      const struct pjwt_config *config,
                                      const struct pjwt_issuer *issuer,
                                      struct pjwt_key_set *set);

/* As pjwt_key_sets_clear(), and the secrets in it are wiped. */
void pjwt_decrypt_keys_clear(struct pjwt_key_set *set);
#define PJWT_DECRYPT_SET_SCOPE __attribute__((cleanup(pjwt_decrypt_keys_clear)))

/* `key new`: does its --alg ask for such a key? Then this makes it. */
bool pjwt_decrypt_keys_wanted(const struct pjwt_cmd *cmd);
enum pjwt_exit pjwt_decrypt_keys_new(const struct pjwt_cmd *cmd);

/* `key list`: adds a row for each, as pjwt_key_rows_add() does. */
enum pjwt_exit pjwt_decrypt_keys_rows(const struct pjwt_cmd *cmd,
                                      const struct pjwt_config *config,
                                      const struct pjwt_issuer *issuer, json_t *rows);

/* `status`: how many of the issuer's keys can a login use? In words, in `why`. Reasons:
 * KEYS_UNREAD, KEYS_UNSAFE, KEYS_BAD, NOT_FOUND (none), NO_MEMORY. */
pjwt_verdict pjwt_decrypt_keys_count(const struct pjwt_config *config,
                                     const struct pjwt_issuer *issuer, struct pjwt_why *why);

/* `key show`: the public half of the key `kid`; owned by the caller, NULL when there is no such
 * key. A symmetric one has none: that is said, and refused. */
enum pjwt_exit pjwt_decrypt_keys_show(const struct pjwt_cmd *cmd,
                                      const struct pjwt_config *config,
                                      const struct pjwt_issuer *issuer, const char *kid,
                                      json_t **jwk);

/* `key remove`: removes every key of that kid; `*removed` counts them. */
enum pjwt_exit pjwt_decrypt_keys_remove(const struct pjwt_cmd *cmd,
                                        const struct pjwt_config *config,
                                        const struct pjwt_issuer *issuer, size_t *removed);

#endif
