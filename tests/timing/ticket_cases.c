/* Do ticket secrets show in the time that our own code takes? */
#include "tests/timing/timed.h"

#include "lib/base/secret.h"
#include "lib/store/base62.h"
#include "lib/store/crc32.h"
#include "lib/store/digest.h"
#include "lib/store/ticket_text.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

static unsigned char stored[PJWT_TICKET_HASH]; /* the digest of the row: the secret */

/* Class 0 is the stored digest itself; class 1 any other. */
static void
prepare_digest(unsigned char *input, size_t len, bool class_one)
{
    timing_random(input, len);
    if (!class_one) {
        memcpy(input, stored, len);
    }
}

static void
compare_digest(const unsigned char *input)
{
    timing_sink = CRYPTO_memcmp(stored, input, sizeof(stored)) == 0;
}

/* The control: what a comparison by memcmp, in bytes, would show. */
static void
compare_plainly(const unsigned char *input)
{
    const volatile unsigned char *a = stored;
    size_t i = 0;

    while (i < sizeof(stored) && a[i] == input[i]) {
        i++;
    }
    timing_sink = i == sizeof(stored);
}

/* 32 bytes of a secret: class 0 all zero, class 1 random. */
static void
prepare_secret(unsigned char *input, size_t len, bool class_one)
{
    timing_random(input, len);
    if (!class_one) {
        memset(input, 0, len);
    }
}

static void
write_secret(const unsigned char *input)
{
    char digits[43];

    pjwt_base62_write(input, 32, digits, sizeof(digits));
    timing_sink = digits[0];
}

/* 43 digits: class 0 one fixed secret in range, class 1 random ones in range. */
static void
prepare_digits(unsigned char *input, size_t len, bool class_one)
{
    unsigned char bytes[32] = {0};
    unsigned char random[32];

    timing_random(random, sizeof(random));
    if (class_one) {
        memcpy(bytes, random, sizeof(bytes));
    }
    pjwt_base62_write(bytes, sizeof(bytes), (char *)input, len);
}

static void
check_range(const unsigned char *input)
{
    timing_sink = pjwt_base62_fits((const char *)input, 43, 32);
}

static void
check_digits(const unsigned char *input)
{
    timing_sink = pjwt_base62_all((const char *)input, 43);
}

static void
hash_secret(const unsigned char *input)
{
    unsigned char out[PJWT_DIGEST_SIZE];

    timing_sink =
        pjwt_ok(pjwt_digest("timing", "123456789012", 12, (const char *)input, 43, out));
}

static void
sum_digits(const unsigned char *input)
{
    timing_sink = (int)pjwt_crc32(input, 43);
}

/* Class 0 one ticket, class 1 others, all in good form. */
static void
prepare_ticket(unsigned char *input, size_t len, bool class_one)
{
    static struct pjwt_secret *fixed = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *other = NULL;
    struct pjwt_ticket_text text;

    if ((fixed == NULL && !pjwt_ok(pjwt_ticket_make(&fixed, &text))) ||
        !pjwt_ok(pjwt_ticket_make(&other, &text))) {
        abort();
    }
    memcpy(input, pjwt_secret_bytes(class_one ? other : fixed), len);
}

static void
parse_ticket(const unsigned char *input)
{
    PJWT_AUTO(secret)
    struct pjwt_secret *typed = pjwt_secret_copy(input, PJWT_TICKET_LEN);
    struct pjwt_ticket_text text;
    struct pjwt_report report;

    report.why.text[0] = '\0';
    timing_sink = pjwt_ok(pjwt_ticket_parse(typed, &text, &report));
}

const struct dudect_case ticket_cases[] = {
    {"control: a plain comparison leaks", PJWT_TICKET_HASH, prepare_digest, compare_plainly,
     true, 1},
    {"the stored digest is compared", PJWT_TICKET_HASH, prepare_digest, compare_digest, false,
     1},
    {"base62: a secret is written", 32, prepare_secret, write_secret, false, 1},
    {"base62: a secret's range", 43, prepare_digits, check_range, false, 1},
    {"base62: a secret's digits", 43, prepare_digits, check_digits, false, 1},
    {"a secret is hashed", 43, prepare_digits, hash_secret, false, 1},
    {"a secret's checksum", 43, prepare_digits, sum_digits, false, 1},
    {"a whole ticket is parsed", PJWT_TICKET_LEN, prepare_ticket, parse_ticket, false, 1},
};

const size_t ticket_cases_count = sizeof(ticket_cases) / sizeof(ticket_cases[0]);

void
ticket_cases_prepare(void)
{
    timing_random(stored, sizeof(stored));
}
