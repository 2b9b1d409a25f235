/* How does a private JWK leave memory? JSON values are not wiped when they are released. */
#ifndef PJWT_JOSE_JWK_SECRET_H
#define PJWT_JOSE_JWK_SECRET_H

#include "lib/base/json.h"

/* Overwrites the private parameters of a JWK, or of every key of a set, in place. NULL is
 * allowed. */
void pjwt_jwk_wipe(json_t *jwk);
void pjwt_jwk_wipe_set(json_t *set);

/* PJWT_AUTO(secret_jwk) and PJWT_AUTO(secret_set): wiped, then released. */
void pjwt_drop_secret_jwk(json_t **jwk);
void pjwt_drop_secret_set(json_t **set);

#endif
