/* Is exactly the one spelling of each ticket taken? */
#include "tests/fuzz/support/fuzz.h"

#include "lib/store/ticket_text.h"

#include <openssl/bn.h>
#include <string.h>

#define CRC_AT (PJWT_TICKET_LEN - 6)

static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/* Bit by bit, as IEEE 802.3 has it. */
static uint32_t
crc_of(const char *text, size_t len)
{
    uint32_t crc = ~0U;

    for (size_t i = 0; i < len * 8; i++) {
        uint32_t bit = (uint32_t)((unsigned char)text[i / 8] >> (i % 8)) & 1U;

        crc = (crc >> 1) ^ (((crc ^ bit) & 1U) != 0 ? 0xedb88320U : 0U);
    }
    return ~crc;
}

static void
write_crc(char *text)
{
    uint32_t crc = crc_of(text, CRC_AT);

    for (int i = 5; i >= 0; i--, crc /= 62) {
        text[CRC_AT + i] = digits[crc % 62];
    }
}

static bool
digits_alone(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (memchr(digits, text[i], 62) == NULL) {
            return false;
        }
    }
    return true;
}

/* The secret is a number of 256 bits. */
static bool
in_range(const char *secret)
{
    BIGNUM *number = BN_new();
    bool fits = false;

    for (size_t i = 0; i < 43; i++) {
        const char *digit = memchr(digits, secret[i], 62);

        FUZZ_MUST(BN_mul_word(number, 62) == 1 &&
                  BN_add_word(number, (BN_ULONG)(digit - digits)) == 1);
    }
    fits = BN_num_bits(number) <= 256;
    BN_free(number);
    return fits;
}

static bool
is_ticket(const char *text, size_t len)
{
    char copy[PJWT_TICKET_LEN];

    if (len != PJWT_TICKET_LEN || memcmp(text, "pjt1_", 5) != 0 || text[17] != '_' ||
        !digits_alone(text + 5, 12) || !digits_alone(text + 18, 49) || !in_range(text + 18)) {
        return false;
    }
    memcpy(copy, text, sizeof(copy));
    write_crc(copy);
    return memcmp(copy, text, sizeof(copy)) == 0;
}

static void
check(const char *text, size_t len)
{
    PJWT_AUTO(secret) struct pjwt_secret *typed = pjwt_secret_copy(text, len);
    struct pjwt_ticket_text ticket = {0};
    struct pjwt_report report = {0};
    bool taken = false;

    if (typed == NULL) {
        return;
    }
    taken = pjwt_ok(pjwt_ticket_parse(typed, &ticket, &report));
    FUZZ_MUST(taken == is_ticket(text, len));
    FUZZ_MUST(!taken || memcmp(ticket.id, text + 5, 12) == 0);
}

/* Once as it is; once as a ticket whose checksum fits, which chance would not find. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    char text[PJWT_TICKET_LEN] = "pjt1_";

    check((const char *)bytes, len);
    if (len < 55) {
        return 0;
    }
    for (size_t i = 0; i < 55; i++) {
        text[5 + i + (i >= 12)] = digits[bytes[i] % 62];
    }
    text[17] = '_';
    write_crc(text);
    check(text, sizeof(text));
    text[len % sizeof(text)] ^= (char)(1 << (bytes[0] % 8));
    check(text, sizeof(text));
    return 0;
}
