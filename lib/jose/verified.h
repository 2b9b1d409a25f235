/* What did the issuer really sign? Only pjwt_jws_verify() makes one, so claims that stand here
 * were signed. */
#ifndef PJWT_JOSE_VERIFIED_H
#define PJWT_JOSE_VERIFIED_H

#include "lib/base/json.h"
#include "lib/base/own.h"

struct pjwt_verified;

/* Borrowed from `proof`. The payload is a JSON object; typ is the protected header's, NULL when
 * absent; kid is that of the key that verified, NULL when the key has none. */
const json_t *pjwt_verified_payload(const struct pjwt_verified *proof);
const char *pjwt_verified_typ(const struct pjwt_verified *proof);
const char *pjwt_verified_kid(const struct pjwt_verified *proof);

void pjwt_verified_free(struct pjwt_verified *proof);
PJWT_DEFINE_DROP(verified, struct pjwt_verified, pjwt_verified_free)

#endif
