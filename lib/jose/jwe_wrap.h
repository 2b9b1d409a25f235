/* Does AES Key Wrap give this key back? RFC 3394, RFC 7518 section 4.4. */
#ifndef PJWT_JOSE_JWE_WRAP_H
#define PJWT_JOSE_JWE_WRAP_H

#include "lib/jose/octets.h"

#include <stdbool.h>

#define PJWT_WRAP_EXTRA 8 /* bytes that wrapping adds */

/* `kek` has 16 or 32 bytes; `cek_len` bytes go into `cek`. False when the check value is wrong
 * or the length is not cek_len + 8. */
bool pjwt_aes_unwrap(struct pjwt_octets kek, struct pjwt_octets wrapped, unsigned char *cek,
                     size_t cek_len);

/* Into `out`, cek.len + PJWT_WRAP_EXTRA bytes. */
bool pjwt_aes_wrap(struct pjwt_octets kek, struct pjwt_octets cek, unsigned char *out);

#endif
