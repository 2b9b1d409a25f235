#include "lib/store/checksum.h"

#include <endian.h>
#include <string.h>

#define PRIME_1 0x9E3779B185EBCA87U
#define PRIME_2 0xC2B2AE3D27D4EB4FU
#define PRIME_3 0x165667B19E3779F9U
#define PRIME_4 0x85EBCA77C2B2AE63U
#define PRIME_5 0x27D4EB2F165667C5U
#define STRIPE  32U

static uint64_t
turn(uint64_t x, unsigned bits)
{
    return x << bits | x >> (64 - bits);
}

void
pjwt_put_64(unsigned char out[8], uint64_t number)
{
    number = htole64(number);
    memcpy(out, &number, sizeof(number));
}

/* One load: every page that a login reads goes through here. */
uint64_t
pjwt_get_64(const unsigned char in[8])
{
    uint64_t number = 0;

    memcpy(&number, in, sizeof(number));
    return le64toh(number);
}

static uint64_t
get_32(const unsigned char *in)
{
    uint32_t number = 0;

    memcpy(&number, in, sizeof(number));
    return le32toh(number);
}

static uint64_t
take(uint64_t lane, uint64_t input)
{
    return turn(lane + input * PRIME_2, 31) * PRIME_1;
}

static uint64_t
join(uint64_t sum, uint64_t lane)
{
    return (sum ^ take(0, lane)) * PRIME_1 + PRIME_4;
}

/* Whole stripes of 32 bytes, in four lanes. */
static uint64_t
stripes(const unsigned char *at, size_t count)
{
    uint64_t lane[4] = {PRIME_1 + PRIME_2, PRIME_2, 0, 0 - PRIME_1};
    uint64_t sum = 0;

    for (; count > 0; count--, at += STRIPE) {
        for (unsigned i = 0; i < 4; i++) {
            lane[i] = take(lane[i], pjwt_get_64(at + 8 * (size_t)i));
        }
    }
    sum = turn(lane[0], 1) + turn(lane[1], 7) + turn(lane[2], 12) + turn(lane[3], 18);
    for (unsigned i = 0; i < 4; i++) {
        sum = join(sum, lane[i]);
    }
    return sum;
}

/* What is left behind the last stripe. */
static uint64_t
rest(uint64_t sum, const unsigned char *at, size_t len)
{
    for (; len >= 8; len -= 8, at += 8) {
        sum = turn(sum ^ take(0, pjwt_get_64(at)), 27) * PRIME_1 + PRIME_4;
    }
    if (len >= 4) {
        sum = turn(sum ^ get_32(at) * PRIME_1, 23) * PRIME_2 + PRIME_3;
        at += 4;
        len -= 4;
    }
    for (; len > 0; len--, at++) {
        sum = turn(sum ^ *at * PRIME_5, 11) * PRIME_1;
    }
    return sum;
}

uint64_t
pjwt_checksum(const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    size_t whole = len / STRIPE;
    uint64_t sum = whole > 0 ? stripes(at, whole) : PRIME_5;

    sum = rest(sum + len, at + whole * STRIPE, len % STRIPE);
    sum = (sum ^ sum >> 33) * PRIME_2;
    sum = (sum ^ sum >> 29) * PRIME_3;
    return sum ^ sum >> 32;
}
