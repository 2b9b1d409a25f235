/* Do sixteen characters at a time say the same as one by one, whatever they are and wherever
 * they stand? */
#include "tests/unit/support/scratch.h"

#include "lib/base/json_text.h"

#include <string.h>

#define RUN 36 /* more than twice sixteen */

static bool
is_space(unsigned char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/* Each byte after each number of blanks, with each byte right behind it. */
static void
test_spaces(void **state)
{
    static const char blanks[4] = {' ', '\n', '\r', '\t'};
    char text[RUN + 2];

    (void)state;
    for (size_t len = 0; len <= RUN; len++) {
        for (unsigned pair = 0; pair < 256 * 256; pair++) {
            unsigned char first = (unsigned char)(pair / 256);
            unsigned char second = (unsigned char)(pair % 256);
            struct pjwt_json_text s = {text, text + len + 2};
            size_t expected = len;

            for (size_t i = 0; i < len; i++) {
                text[i] = blanks[(i + pair) % 4];
            }
            text[len] = (char)first;
            text[len + 1] = (char)second;
            expected += is_space(first) ? 1 : 0;
            expected += is_space(first) && is_space(second) ? 1 : 0;
            pjwt_json_text_space(&s);
            assert_ptr_equal(s.at, text + expected);
        }
    }
}

/* A string with each byte at each place in it. */
static void
test_strings(void **state)
{
    char text[RUN + 3];

    (void)state;
    for (size_t len = 0; len <= RUN; len++) {
        for (size_t at = 0; at < len; at++) {
            for (unsigned byte = 0; byte < 256; byte++) {
                struct pjwt_json_text s = {text, text + len + 2};
                struct pjwt_json_span span = {NULL, 0};
                bool plain = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
                bool read = false;

                memset(text, 'a', sizeof(text));
                text[0] = '"';
                text[1 + at] = (char)byte;
                text[1 + len] = '"';
                read = pjwt_json_text_string(&s, &span);
                assert_int_equal(read, plain || byte == '"');
                if (read) {
                    assert_int_equal(span.len, byte == '"' ? at : len);
                    assert_ptr_equal(s.at, text + 2 + span.len);
                }
            }
        }
    }
}

/* Nothing is read behind the end. */
static void
test_ends(void **state)
{
    const char *text = "                \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"";
    size_t whole = strlen(text);

    (void)state;
    for (size_t len = 0; len <= whole; len++) {
        char *copy =
            malloc(len == 0 ? 1 : len); /* so that the sanitizer sees one byte too far */
        struct pjwt_json_text s = {copy, copy + len};
        struct pjwt_json_span span = {NULL, 0};

        assert_non_null(copy);
        memcpy(copy, text, len);
        pjwt_json_text_space(&s);
        assert_ptr_equal(s.at, copy + (len < 16 ? len : 16));
        assert_int_equal(pjwt_json_text_string(&s, &span), len == whole);
        free(copy);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spaces),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
