/* For whom is a minted token encrypted? */
#ifndef PJWT_CMD_TOKEN_ENCRYPT_H
#define PJWT_CMD_TOKEN_ENCRYPT_H

#include "helper/cmd/command.h"
#include "lib/base/secret.h"
#include "lib/policy/config.h"

/*
 * Puts the encrypted token in the place of `*token` (owned by the caller) when --encrypt-to is
 * given: the name of a key in the issuer's decryption set, or a file with a JWK, which is told
 * by a slash. PJWT_EXIT_OK, or says why not.
 */
enum pjwt_exit pjwt_token_encrypt(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                                  const struct pjwt_issuer *issuer, struct pjwt_secret **token);

#endif
