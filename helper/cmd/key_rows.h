/* What can be said of a public key in a list? Shared by `key list` and `status`. */
#ifndef PJWT_CMD_KEY_ROWS_H
#define PJWT_CMD_KEY_ROWS_H

#include "helper/cmd/command.h"
#include "helper/cmd/key_sets.h"
#include "lib/base/json.h"

/* Adds one object for each key of `set` to `rows` (both borrowed): issuer, kid, alg, kty, crv,
 * thumbprint, file, usable, state, why. Returns how many of them a login can use. */
size_t pjwt_key_rows_add(json_t *rows, const struct pjwt_issuer *issuer,
                         const struct pjwt_key_set *set);

#endif
