/* Which key comes out of an agreed secret? The Concat KDF of RFC 7518 section 4.6.2, with
 * SHA-256. */
#ifndef PJWT_JOSE_JWE_KDF_H
#define PJWT_JOSE_JWE_KDF_H

#include "lib/jose/octets.h"

#include <stdbool.h>

/* `algorithm` (borrowed) is the enc for direct agreement and the alg where the key wraps
 * another; apu and apv are decoded, at most 256 bytes each. `len` bytes go into `key`. */
bool pjwt_concat_kdf(struct pjwt_octets secret, const char *algorithm, struct pjwt_octets apu,
                     struct pjwt_octets apv, unsigned char *key, size_t len);

#endif
