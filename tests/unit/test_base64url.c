/* Is there one base64url text for each value, and no other accepted? */
#include "tests/unit/support/scratch.h"

#include "lib/base/base64url.h"

#include <string.h>

static pjwt_verdict
decode(const char *text, size_t len)
{
    unsigned char out[64];
    size_t out_len = 0;

    return pjwt_base64url_decode(text, len, out, &out_len);
}

/* RFC 4648 section 10 without the padding, and RFC 7515 appendix C. */
static void
test_vectors(void **state)
{
    static const struct {
        const char *bytes;
        const char *text;
    } vectors[] = {
        {"", ""},
        {"f", "Zg"},
        {"fo", "Zm8"},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg"},
        {"fooba", "Zm9vYmE"},
        {"foobar", "Zm9vYmFy"},
        {"\x03\xec\xff\xe0\xc1", "A-z_4ME"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        unsigned char bytes[8];
        char text[16];
        size_t len = 99;

        assert_reason(
            pjwt_base64url_decode(vectors[i].text, strlen(vectors[i].text), bytes, &len), OK);
        assert_int_equal(len, strlen(vectors[i].bytes));
        assert_memory_equal(bytes, vectors[i].bytes, len);
        len = pjwt_base64url_encode(vectors[i].bytes, strlen(vectors[i].bytes), text);
        assert_int_equal(len, strlen(vectors[i].text));
        assert_memory_equal(text, vectors[i].text, len);
    }
}

/* Buffers of exactly the promised size, so that the sanitizer sees one byte too many. */
static void
test_round_trip_and_room(void **state)
{
    (void)state;
    for (size_t len = 1; len <= 100; len++) {
        size_t chars = PJWT_BASE64URL_ROOM(len);
        unsigned char *bytes = malloc(len);
        char *text = malloc(chars);
        unsigned char *back = malloc(PJWT_BASE64URL_BYTES(chars));
        size_t back_len = 0;

        for (size_t i = 0; i < len; i++) {
            bytes[i] = (unsigned char)(i * 37 + len * 101);
        }
        assert_int_equal(pjwt_base64url_encode(bytes, len, text), chars);
        assert_int_equal(PJWT_BASE64URL_BYTES(chars), len);
        assert_reason(pjwt_base64url_decode(text, chars, back, &back_len), OK);
        assert_int_equal(back_len, len);
        assert_memory_equal(back, bytes, len);
        free(bytes);
        free(text);
        free(back);
    }
}

/* Of 256 byte values 64 are digits, in each place of a quantum. */
static void
test_foreign_characters(void **state)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    (void)state;
    for (size_t place = 0; place < 4; place++) {
        for (int c = 0; c < 256; c++) {
            char text[] = "AAAA";

            text[place] = (char)c;
            if (memchr(digits, c, 64) != NULL) {
                assert_reason(decode(text, 4), OK);
            } else {
                assert_reason(decode(text, 4), BASE64URL);
            }
        }
    }
}

static void
test_padding(void **state)
{
    (void)state;
    assert_reason(decode("Zg", 2), OK);
    assert_reason(decode("Zg=", 3), BASE64URL);
    assert_reason(decode("Zg==", 4), BASE64URL);
    assert_reason(decode("Zm8", 3), OK);
    assert_reason(decode("Zm8=", 4), BASE64URL);
    assert_reason(decode("=", 1), BASE64URL);
}

static void
test_lengths_that_hold_no_byte(void **state)
{
    (void)state;
    for (size_t len = 0; len <= 40; len++) {
        static const char text[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

        if (len % 4 == 1) {
            assert_reason(decode(text, len), BASE64URL);
        } else {
            assert_reason(decode(text, len), OK);
        }
    }
}

static int
count_accepted(char *text, size_t len)
{
    int accepted = 0;

    for (int c = 0; c < 256; c++) {
        text[len - 1] = (char)c;
        accepted += pjwt_ok(decode(text, len));
    }
    return accepted;
}

/* RFC 4648 section 3.5: of the last digit, 4 or 2 bits are unused and must be zero. */
static void
test_unused_bits(void **state)
{
    char two[] = "AA";
    char three[] = "AAA";
    char four[] = "AAAA";

    (void)state;
    assert_int_equal(count_accepted(two, 2), 4);
    assert_int_equal(count_accepted(three, 3), 16);
    assert_int_equal(count_accepted(four, 4), 64);
    assert_reason(decode("Zg", 2), OK);
    assert_reason(decode("Zh", 2), BASE64URL);
    assert_reason(decode("Zm8", 3), OK);
    assert_reason(decode("Zm9", 3), BASE64URL);
}

static void
test_length_untouched_on_refusal(void **state)
{
    unsigned char out[8];
    size_t len = 77;

    (void)state;
    assert_reason(pjwt_base64url_decode("Zm9v!A", 6, out, &len), BASE64URL);
    assert_int_equal(len, 77);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_round_trip_and_room),
        cmocka_unit_test(test_foreign_characters),
        cmocka_unit_test(test_padding),
        cmocka_unit_test(test_lengths_that_hold_no_byte),
        cmocka_unit_test(test_unused_bits),
        cmocka_unit_test(test_length_untouched_on_refusal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
