/* Which claims does `token mint` sign? */
#ifndef PJWT_CMD_CLAIMS_GIVEN_H
#define PJWT_CMD_CLAIMS_GIVEN_H

#include "helper/cmd/command.h"
#include "lib/base/json.h"
#include "lib/policy/config.h"

/* The payload that the command line describes; `*payload` is owned by the caller. Says what is
 * wrong with the flags, and warns of what no login here would accept. */
enum pjwt_exit pjwt_claims_given(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer,
                                 json_t **payload);

#endif
