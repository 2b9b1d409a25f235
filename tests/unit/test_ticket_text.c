/* Is a ticket written and read in exactly one way? */
#include "tests/unit/support/scratch.h"

#include "lib/store/base62.h"
#include "lib/store/crc32.h"
#include "lib/store/ticket_text.h"

#include <openssl/err.h>
#include <string.h>

/* Made with Python's zlib and hashlib: the secret is the bytes 00 01 … 1f. */
#define GOOD "pjt1_0Az9ZaBcDeFg_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf4S3EIH"
static const unsigned char good_hash[] = {0x83, 0x98, 0x5d, 0xa6, 0x2b, 0x4d, 0x52, 0xee,
                                          0xfb, 0xcc, 0x1f, 0x8a, 0xd7, 0x0c, 0xdb, 0x8d,
                                          0xa3, 0x5a, 0xed, 0xea, 0xe5, 0x1e, 0xa8, 0x16,
                                          0x24, 0xaa, 0x8d, 0x91, 0xf1, 0xa7, 0xb1, 0xd1};
/* The same id with the secrets 0, 2^256 - 1, 2^256 and 62^43 - 1; each checksum fits. */
#define ZERO    "pjt1_0Az9ZaBcDeFg_000000000000000000000000000000000000000000044FfI5"
#define LARGEST "pjt1_0Az9ZaBcDeFg_yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp129ZP4f"
#define OVER    "pjt1_0Az9ZaBcDeFg_yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp24Kj1mB"
#define ALL_Z   "pjt1_0Az9ZaBcDeFg_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz3SwzMK"

static struct pjwt_report report;
static struct pjwt_ticket_text parsed;

static pjwt_verdict
parse_bytes(const char *text, size_t len)
{
    PJWT_AUTO(secret) struct pjwt_secret *typed = pjwt_secret_copy(text, len);

    assert_non_null(typed);
    report = (struct pjwt_report){0};
    parsed = (struct pjwt_ticket_text){0};
    return pjwt_ticket_parse(typed, &parsed, &report);
}

static pjwt_verdict
parse(const char *text)
{
    return parse_bytes(text, strlen(text));
}

static void
test_crc32_vectors(void **state)
{
    (void)state;
    assert_int_equal(pjwt_crc32("", 0), 0);
    assert_int_equal(pjwt_crc32("a", 1), 0xe8b7be43);
    assert_int_equal(pjwt_crc32("123456789", 9), 0xcbf43926);
}

static void
assert_base62(const char *bytes, size_t len, const char *expected)
{
    char out[64] = "";

    pjwt_base62_write(bytes, len, out, strlen(expected));
    assert_string_equal(out, expected);
    assert_true(pjwt_base62_fits(expected, strlen(expected), len));
}

static void
test_base62_vectors(void **state)
{
    (void)state;
    assert_base62("\0", 1, "00");
    assert_base62("\x3d", 1, "0z");
    assert_base62("\x3e", 1, "10");
    assert_base62("\xff", 1, "47");
    assert_base62("\xcb\xf4\x39\x26", 4, "3jZRME");
    assert_base62("\xff\xff\xff\xff", 4, "4gfFC3");
    assert_false(pjwt_base62_fits("48", 2, 1)); /* 256 */
    assert_false(pjwt_base62_fits("4-", 2, 1));
}

static void
test_base62_digits(void **state)
{
    int digits = 0;

    (void)state;
    for (int c = -128; c < 128; c++) {
        int value = pjwt_base62_value((char)c);

        if (value >= 0) {
            assert_int_equal(pjwt_base62_digits[value], c);
            digits++;
        }
    }
    assert_int_equal(digits, 62);
}

static void
test_good(void **state)
{
    (void)state;
    assert_reason(parse(GOOD), OK);
    assert_string_equal(parsed.id, "0Az9ZaBcDeFg");
    assert_string_equal(report.id, "0Az9ZaBcDeFg");
    assert_false(report.authentic);
    assert_memory_equal(parsed.hash, good_hash, sizeof(good_hash));
}

static void
test_range_of_the_secret(void **state)
{
    (void)state;
    assert_reason(parse(ZERO), OK);
    assert_reason(parse(LARGEST), OK);
    assert_reason(parse(OVER), TICKET_BAD);
    assert_string_equal(report.why.text, "the secret is out of range");
    assert_string_equal(report.id, "");
    assert_reason(parse(ALL_Z), TICKET_BAD);
    assert_string_equal(report.why.text, "the secret is out of range");
}

/* At each place, every other digit and a few strangers. */
static void
test_each_mistyped_character(void **state)
{
    static const char others[] =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        "_-+/= \n\x7f\xc3";
    char text[] = GOOD;

    (void)state;
    for (size_t i = 0; i < PJWT_TICKET_LEN; i++) {
        char right = text[i];

        for (size_t j = 0; j < sizeof(others); j++) { /* the NUL at the end too */
            text[i] = others[j];
            if (others[j] != right) {
                assert_reason(parse_bytes(text, PJWT_TICKET_LEN), TICKET_BAD);
            }
        }
        text[i] = right;
    }
    assert_reason(parse(text), OK);
}

static void
test_neighbours_swapped(void **state)
{
    char text[] = GOOD;

    (void)state;
    for (size_t i = 0; i + 1 < PJWT_TICKET_LEN; i++) {
        char first = text[i];

        if (first != text[i + 1]) {
            text[i] = text[i + 1];
            text[i + 1] = first;
            assert_reason(parse(text), TICKET_BAD);
            text[i + 1] = text[i];
            text[i] = first;
        }
    }
    assert_reason(parse(text), OK);
}

static void
test_length(void **state)
{
    (void)state;
    for (size_t len = 0; len < PJWT_TICKET_LEN; len++) {
        assert_reason(parse_bytes(GOOD, len), TICKET_BAD);
    }
    assert_string_equal(report.why.text, "66 characters, not 67");
    assert_reason(parse(GOOD "0"), TICKET_BAD);
    assert_reason(parse(GOOD "\n"), TICKET_BAD);
    assert_reason(parse_bytes(GOOD, sizeof(GOOD)), TICKET_BAD); /* with its NUL */
}

static void
test_made_tickets_are_read(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++) {
        PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
        struct pjwt_ticket_text made;

        assert_reason(pjwt_ticket_make(&text, &made), OK);
        assert_int_equal(pjwt_secret_len(text), PJWT_TICKET_LEN);
        assert_reason(parse(pjwt_secret_bytes(text)), OK);
        assert_string_equal(parsed.id, made.id);
        assert_memory_equal(parsed.hash, made.hash, sizeof(made.hash));
    }
}

/* 24,000 id digits. Bytes taken modulo 62 would favour the first eight: 3,750 of them in the
 * place of 3,097, whose standard deviation is 52. */
static void
test_ids_are_even(void **state)
{
    int seen[62] = {0};
    int first_eight = 0;

    (void)state;
    for (int i = 0; i < 2000; i++) {
        PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
        struct pjwt_ticket_text made;

        assert_reason(pjwt_ticket_make(&text, &made), OK);
        for (size_t j = 0; j < PJWT_TICKET_ID_LEN; j++) {
            int value = pjwt_base62_value(made.id[j]);

            seen[value]++;
            first_eight += value < 8;
        }
    }
    assert_in_range(first_eight, 3097 - 400, 3097 + 400);
    for (int i = 0; i < 62; i++) {
        assert_in_range(seen[i], 387 - 200, 387 + 200); /* each digit comes up */
    }
}

static void
test_two_tickets_differ(void **state)
{
    PJWT_AUTO(secret) struct pjwt_secret *a = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *b = NULL;
    struct pjwt_ticket_text of_a, of_b;

    (void)state;
    assert_reason(pjwt_ticket_make(&a, &of_a), OK);
    assert_reason(pjwt_ticket_make(&b, &of_b), OK);
    assert_string_not_equal(of_a.id, of_b.id);
    assert_memory_not_equal(of_a.hash, of_b.hash, PJWT_TICKET_HASH);
    assert_memory_not_equal(pjwt_secret_bytes(a) + 18, pjwt_secret_bytes(b) + 18, 43);
}

static void
test_error_queue_is_left_as_found(void **state)
{
    (void)state;
    ERR_clear_error();
    ERR_raise(ERR_LIB_USER, 42);
    assert_reason(parse(GOOD), OK);
    assert_int_equal(ERR_GET_REASON(ERR_get_error()), 42);
    assert_int_equal(ERR_get_error(), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crc32_vectors),
        cmocka_unit_test(test_base62_vectors),
        cmocka_unit_test(test_base62_digits),
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_range_of_the_secret),
        cmocka_unit_test(test_each_mistyped_character),
        cmocka_unit_test(test_neighbours_swapped),
        cmocka_unit_test(test_length),
        cmocka_unit_test(test_made_tickets_are_read),
        cmocka_unit_test(test_ids_are_even),
        cmocka_unit_test(test_two_tickets_differ),
        cmocka_unit_test(test_error_queue_is_left_as_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
