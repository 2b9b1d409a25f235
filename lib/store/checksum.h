/* Are these bytes what was written? XXH64, as its author specifies it (xxHash, doc/
 * xxhash_spec.md): fast, 64 bits, good against accidents and no proof against anybody. */
#ifndef PJWT_STORE_CHECKSUM_H
#define PJWT_STORE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* Of `len` bytes (borrowed), with the seed 0. */
uint64_t pjwt_checksum(const void *bytes, size_t len);

/* Numbers in our files: least significant byte first, on every machine. */
void pjwt_put_64(unsigned char out[8], uint64_t number);
uint64_t pjwt_get_64(const unsigned char in[8]);

#endif
