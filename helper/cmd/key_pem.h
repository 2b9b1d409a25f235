/* Which JWK does an administrator's PEM become? */
#ifndef PJWT_CMD_KEY_PEM_H
#define PJWT_CMD_KEY_PEM_H

#include "helper/cmd/command.h"
#include "lib/base/json.h"
#include "lib/base/secret.h"
#include "lib/policy/config.h"

/*
 * Reads `text` (borrowed), one public key in PEM, as a key of `issuer`; `*jwk` is owned by the
 * caller and not vetted yet. Its kid is that of --kid or its thumbprint; its alg that of --alg,
 * or the one that its kind implies, or the only one of the issuer that it fits. PJWT_EXIT_OK,
 * or says why not, and which command makes such a key out of what was given.
 */
enum pjwt_exit pjwt_key_pem_read(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer,
                                 const struct pjwt_secret *text, json_t **jwk);

#endif
