/* Do ticket secrets show in the time that our own code takes?
 *
 * usage: timing [ROUNDS]. Prints TAP with the figures: the largest |t| over all crops. */
#include "tests/timing/dudect.h"

#include "lib/base/secret.h"
#include "lib/store/base62.h"
#include "lib/store/digest.h"
#include "lib/store/ticket_text.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define LEAK 10.0 /* |t| above: a leak, beyond doubt */

static unsigned char stored[PJWT_TICKET_HASH]; /* the digest of the row: the secret */
static volatile int sink;

static void
random_bytes(unsigned char *out, size_t len)
{
    if (getrandom(out, len, 0) != (ssize_t)len) {
        abort();
    }
}

/* Class 0 is the stored digest itself; class 1 any other. */
static void
prepare_digest(unsigned char *input, size_t len, bool class_one)
{
    random_bytes(input, len);
    if (!class_one) {
        memcpy(input, stored, len);
    }
}

static void
compare_digest(const unsigned char *input)
{
    sink = CRYPTO_memcmp(stored, input, sizeof(stored)) == 0;
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
    sink = i == sizeof(stored);
}

/* 32 bytes of a secret: class 0 all zero, class 1 random. */
static void
prepare_secret(unsigned char *input, size_t len, bool class_one)
{
    random_bytes(input, len);
    if (!class_one) {
        memset(input, 0, len);
    }
}

static void
write_secret(const unsigned char *input)
{
    char digits[43];

    pjwt_base62_write(input, 32, digits, sizeof(digits));
    sink = digits[0];
}

/* 43 digits: class 0 one fixed secret in range, class 1 random ones in range. */
static void
prepare_digits(unsigned char *input, size_t len, bool class_one)
{
    unsigned char bytes[32] = {0};
    unsigned char random[32];

    random_bytes(random, sizeof(random));
    if (class_one) {
        memcpy(bytes, random, sizeof(bytes));
    }
    pjwt_base62_write(bytes, sizeof(bytes), (char *)input, len);
}

static void
check_range(const unsigned char *input)
{
    sink = pjwt_base62_fits((const char *)input, 43, 32);
}

static void
check_digits(const unsigned char *input)
{
    sink = pjwt_base62_all((const char *)input, 43);
}

static void
hash_secret(const unsigned char *input)
{
    unsigned char out[PJWT_DIGEST_SIZE];

    sink = pjwt_ok(pjwt_digest("timing", "123456789012", 12, (const char *)input, 43, out));
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
    sink = pjwt_ok(pjwt_ticket_parse(typed, &text, &report));
}

static const struct dudect_case cases[] = {
    {"control: a plain comparison leaks", PJWT_TICKET_HASH, prepare_digest, compare_plainly,
     true},
    {"the stored digest is compared", PJWT_TICKET_HASH, prepare_digest, compare_digest, false},
    {"base62: a secret is written", 32, prepare_secret, write_secret, false},
    {"base62: a secret's range", 43, prepare_digits, check_range, false},
    {"base62: a secret's digits", 43, prepare_digits, check_digits, false},
    {"a secret is hashed", 43, prepare_digits, hash_secret, false},
    {"a whole ticket is parsed", PJWT_TICKET_LEN, prepare_ticket, parse_ticket, false},
};

#define CASES (sizeof(cases) / sizeof(cases[0]))

int
main(int argc, char **argv)
{
    size_t rounds = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 2000000;
    bool good = true;

    random_bytes(stored, sizeof(stored));
    printf("1..%zu\n", CASES);
    for (size_t i = 0; i < CASES; i++) {
        double cycles = 0;
        double t = dudect_measure(&cases[i], rounds, &cycles);
        bool as_meant = (t > LEAK) == cases[i].must_leak;

        printf("%sok %zu - %s: |t| %.1f after %zu rounds of about %.0f ticks\n",
               as_meant ? "" : "not ", i + 1, cases[i].name, t, rounds, cycles);
        (void)fflush(stdout);
        good = good && as_meant;
    }
    return good ? 0 : 1;
}
