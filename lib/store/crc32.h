/* Was this mistyped? CRC-32 as in zlib and IEEE 802.3; it proves nothing. */
#ifndef PJWT_STORE_CRC32_H
#define PJWT_STORE_CRC32_H

#include <stddef.h>
#include <stdint.h>

uint32_t pjwt_crc32(const void *bytes, size_t len);

#endif
