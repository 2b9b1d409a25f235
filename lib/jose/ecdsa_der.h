/* How does EVP want an ECDSA signature? JOSE writes r and s side by side (RFC 7518
 * section 3.4), EVP a SEQUENCE of two INTEGERs in DER (RFC 3279 section 2.2.3). */
#ifndef PJWT_JOSE_ECDSA_DER_H
#define PJWT_JOSE_ECDSA_DER_H

#include <stdbool.h>
#include <stddef.h>

#define PJWT_ECDSA_BYTES_MAX 66                              /* of r or s: P-521 */
#define PJWT_ECDSA_DER_MAX   (2 * PJWT_ECDSA_BYTES_MAX + 16) /* with the most of heads */

/* `raw` is r and s, `bytes` each and neither zero; borrowed. Returns the length of `der`.
 * Written here, because i2d_ECDSA_SIG() takes as long as all that we do with the claims. */
size_t pjwt_ecdsa_to_der(const unsigned char *raw, size_t bytes,
                         unsigned char der[PJWT_ECDSA_DER_MAX]);

/* The way back, into 2 * `bytes` bytes of `raw`; false when it is no such signature. */
bool pjwt_ecdsa_from_der(const unsigned char *der, size_t len, size_t bytes,
                         unsigned char *raw);

#endif
