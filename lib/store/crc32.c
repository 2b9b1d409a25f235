#include "lib/store/crc32.h"

uint32_t
pjwt_crc32(const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    uint32_t crc = 0xffffffff;

    while (len-- > 0) {
        crc ^= *at++;
        for (int bit = 0; bit < 8; bit++) {
            /* No branch: the bytes of a ticket are a secret. */
            crc = (crc >> 1) ^ (0xedb88320 & (0 - (crc & 1)));
        }
    }
    return ~crc;
}
