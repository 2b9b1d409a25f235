/* Is only strict JSON read? */
#include "tests/unit/support/jose_fixture.h"

#include <stdio.h>
#include <string.h>

static pjwt_verdict
parse_bytes(const char *text, size_t len)
{
    PJWT_AUTO(json) json_t *object = NULL;
    /* A copy of exactly that size: the sanitizer sees a byte read behind it. */
    char *copy = malloc(len + (len == 0));
    pjwt_verdict verdict = PJWT_SAY(UNSET);

    assert_non_null(copy);
    memcpy(copy, text, len);
    verdict = pjwt_json_object(copy, len, &object);
    assert_int_equal(pjwt_ok(verdict), object != NULL);
    free(copy);
    return verdict;
}

static pjwt_verdict
parse(const char *text)
{
    return parse_bytes(text, strlen(text));
}

static pjwt_verdict
scan(const char *text)
{
    return pjwt_json_scan(text, strlen(text), NULL, NULL, NULL);
}

static void
test_accepted(void **state)
{
    static const char *const texts[] = {
        "{}",
        " \t\r\n{ \"a\" : [ 1 , { } , [ ] ] } \n",
        "{\"a\":[true,false,null,\"\",0,-0,1.5,-2e3,1E+2,1e-2]}",
        "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"}",
        "{\"\":1}",
        "{\"a\":{\"a\":1},\"b\":{\"a\":1}}",
        "{\"a\":\"\x7f\"}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_reason(parse(texts[i]), OK);
    }
}

/* clang-format off */
static const char *const malformed[] = {
    "",            " ",              "{",            "}",             "{\"a\"}",
    "{\"a\":}",    "{\"a\":1,}",     "{,}",          "{a:1}",         "{'a':1}",
    "{\"a\":01}",  "{\"a\":1.}",     "{\"a\":.5}",   "{\"a\":+1}",    "{\"a\":-}",
    "{\"a\":1e}",  "{\"a\":1e+}",    "{\"a\":0x1}",  "{\"a\":NaN}",   "{\"a\":Infinity}",
    "{\"a\":tru}", "{\"a\":True}",   "{\"a\":nul",   "{\"a\":[1,]}",  "{\"a\":[,1]}",
    "{\"a\":[1 2]}", "{\"a\":[1}",   "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\u123\"}",
    "{\"a\":\"\\", "{\"a\":\"x}",    "{\"a\" 1}",    "{\"a\":1 \"b\":2}", "{\"a\":1}}",
    "{1:2}",       "{\"a\":1;}",     "{\"a\":/**/1}", "// \n{}",      "\v{}",
    "\xef\xbb\xbf{}", "{\"a\":\"\t\"}", "{\"a\":\"\n\"}", "{\"a\":\"\x1f\"}",
};
/* clang-format on */

static void
test_malformed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
        assert_reason(scan(malformed[i]), JSON);
        assert_reason(parse(malformed[i]), JSON);
    }
}

static void
test_only_objects(void **state)
{
    static const char *const texts[] = {"[]", "[{}]", "\"a\"", "1", "true", "null"};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_reason(scan(texts[i]), OK);
        assert_reason(parse(texts[i]), JSON);
    }
}

static void
test_duplicate_members(void **state)
{
    (void)state;
    assert_reason(parse("{\"a\":1,\"b\":1}"), OK);
    assert_reason(parse("{\"a\":1,\"a\":1}"), JSON);
    assert_reason(parse("{\"a\":1,\"\\u0061\":1}"), JSON);
    assert_reason(parse("{\"x\":[{\"y\":{\"a\":1,\"b\":1}}]}"), OK);
    assert_reason(parse("{\"x\":[{\"y\":{\"a\":1,\"a\":1}}]}"), JSON);
}

static void
test_trailing_bytes(void **state)
{
    (void)state;
    assert_reason(parse("{} \n"), OK);
    assert_reason(parse("{}{}"), JSON);
    assert_reason(parse("{},"), JSON);
    assert_reason(parse("{} x"), JSON);
    assert_reason(parse_bytes("{}", 2), OK);
    assert_reason(parse_bytes("{}\0", 3), JSON);
}

static void
test_nul(void **state)
{
    (void)state;
    assert_reason(parse_bytes("{\"a\":\"xy\"}", 10), OK);
    assert_reason(parse_bytes("{\"a\":\"x\0\"}", 10), JSON);
    assert_reason(parse("{\"a\":\"x\\u0001\"}"), OK);
    assert_reason(parse("{\"a\":\"x\\u0000\"}"), JSON);
    assert_reason(parse("{\"a\\u0001\":1}"), OK);
    assert_reason(parse("{\"a\\u0000\":1}"), JSON);
}

/* A member whose name and value hold `bytes`. */
static pjwt_verdict
parse_string(const char *bytes)
{
    char text[64];

    assert_true(snprintf(text, sizeof(text), "{\"%s\":\"%s\"}", bytes, bytes) <
                (int)sizeof(text));
    assert_int_equal(scan(text).reason, parse(text).reason);
    return parse(text);
}

static void
test_utf8(void **state)
{
    static const char *const good[] = {
        "\xc2\x80",     "\xdf\xbf",     "\xe0\xa0\x80",     "\xed\x9f\xbf",
        "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_reason(parse_string(good[i]), OK);
    }
}

static void
test_invalid_utf8(void **state)
{
    static const char *const bad[] = {
        "\x80",
        "\xbf",
        "\xc0\x80",
        "\xc1\xbf",
        "\xc2",
        "\xc2\x41",
        "\xe0\x9f\xbf",
        "\xe0\xa0",
        "\xed\xa0\x80",
        "\xed\xbf\xbf",
        "\xf0\x8f\xbf\xbf",
        "\xf0\x90\x80",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xfe",
        "\xff",
        "\xe9", /* Latin-1 */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_reason(parse_string(bad[i]), JSON);
    }
}

static void
test_lone_surrogate_escapes(void **state)
{
    (void)state;
    assert_reason(parse("{\"a\":\"\\ud83d\\ude00\"}"), OK);
    assert_reason(parse("{\"a\":\"\\ud83d\"}"), JSON);
    assert_reason(parse("{\"a\":\"\\ude00\"}"), JSON);
    assert_reason(parse("{\"a\":\"\\ud83dx\"}"), JSON);
}

static void
test_numbers_out_of_range(void **state)
{
    (void)state;
    assert_reason(parse("{\"exp\":9223372036854775807}"), OK);
    assert_reason(parse("{\"exp\":9223372036854775808}"), JSON);
    assert_reason(parse("{\"exp\":1e308}"), OK);
    assert_reason(parse("{\"exp\":1e309}"), JSON);
}

static void
test_every_prefix_is_refused(void **state)
{
    static const char text[] = "{\"a\": [1, -2.5e1, \"x\\n\\u00e9\xc3\xa9\", true, null], "
                               "\"b\":{\"c\":false}}";

    (void)state;
    assert_reason(parse(text), OK);
    for (size_t len = 0; len < strlen(text); len++) {
        assert_reason(parse_bytes(text, len), JSON);
    }
}

static void
test_optional_string(void **state)
{
    PJWT_AUTO(json) json_t *object = fixture_json("{'s':'x','n':1,'z':null,'e':''}");
    const char *value = NULL;

    (void)state;
    assert_true(pjwt_json_string(object, "s", &value));
    assert_string_equal(value, "x");
    assert_true(pjwt_json_string(object, "e", &value));
    assert_string_equal(value, "");
    assert_true(pjwt_json_string(object, "absent", &value));
    assert_null(value);
    assert_false(pjwt_json_string(object, "n", &value));
    assert_null(value);
    assert_false(pjwt_json_string(object, "z", &value));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_only_objects),
        cmocka_unit_test(test_duplicate_members),
        cmocka_unit_test(test_trailing_bytes),
        cmocka_unit_test(test_nul),
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_invalid_utf8),
        cmocka_unit_test(test_lone_surrogate_escapes),
        cmocka_unit_test(test_numbers_out_of_range),
        cmocka_unit_test(test_every_prefix_is_refused),
        cmocka_unit_test(test_optional_string),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
