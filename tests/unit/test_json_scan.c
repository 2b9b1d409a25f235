/* Do the caps hold, and is a key of a set found without building it? */
#include "tests/unit/support/jose_fixture.h"

#include <stdio.h>
#include <string.h>

/* The scanner and the parser must agree. */
static pjwt_verdict
parse(const char *text, size_t len)
{
    PJWT_AUTO(json) json_t *object = NULL;
    pjwt_verdict verdict = pjwt_json_object(text, len, &object);

    assert_int_equal(pjwt_ok(verdict), object != NULL);
    assert_int_equal(pjwt_json_scan(text, len, NULL, NULL, NULL).reason, verdict.reason);
    return verdict;
}

/* An object that holds `levels` more containers. */
static pjwt_verdict
parse_nested(size_t levels, const char *open, char close)
{
    char text[256] = "{\"a\":";
    size_t len = strlen(text);

    for (size_t i = 0; i < levels; i++) {
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s", open);
    }
    text[len++] = '1';
    for (size_t i = 0; i < levels; i++) {
        text[len++] = close;
    }
    text[len++] = '}';
    return parse(text, len);
}

static void
test_depth(void **state)
{
    (void)state;
    assert_reason(parse_nested(PJWT_JSON_DEPTH - 1, "[", ']'), OK);
    assert_reason(parse_nested(PJWT_JSON_DEPTH, "[", ']'), JSON);
    assert_reason(parse_nested(PJWT_JSON_DEPTH - 1, "{\"a\":", '}'), OK);
    assert_reason(parse_nested(PJWT_JSON_DEPTH, "{\"a\":", '}'), JSON);
}

/* A megabyte of brackets must end at the cap, not at the end of the stack. */
static void
test_depth_bomb(void **state)
{
    size_t len = 1 << 20;
    char *text = malloc(len);

    (void)state;
    assert_non_null(text);
    memset(text, '[', len);
    assert_reason(parse(text, len), JSON);
    memcpy(text, "{\"a\":", 5);
    assert_reason(parse(text, len), JSON);
    free(text);
}

static pjwt_verdict
parse_members(size_t count)
{
    char text[1024] = "{\"x\":{";
    size_t len = strlen(text);

    for (size_t i = 0; i < count; i++) {
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s\"m%zu\":1",
                                i == 0 ? "" : ",", i);
    }
    len += (size_t)snprintf(text + len, sizeof(text) - len, "}}");
    return parse(text, len);
}

static pjwt_verdict
parse_elements(size_t count)
{
    char text[4096] = "{\"x\":[";
    size_t len = strlen(text);

    for (size_t i = 0; i < count; i++) {
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s1", i == 0 ? "" : ",");
    }
    len += (size_t)snprintf(text + len, sizeof(text) - len, "]}");
    return parse(text, len);
}

static void
test_members_and_elements(void **state)
{
    (void)state;
    assert_reason(parse_members(PJWT_JSON_MEMBERS), OK);
    assert_reason(parse_members(PJWT_JSON_MEMBERS + 1), JSON);
    assert_reason(parse_elements(PJWT_JSON_ELEMENTS), OK);
    assert_reason(parse_elements(PJWT_JSON_ELEMENTS + 1), JSON);
}

/* Put every byte in every place: the scanner must take what jansson takes, since it alone looks
 * at the keys that a token does not name. */
static void
test_scanner_agrees_with_parser(void **state)
{
    static const char sample[] =
        "{\"a\": [1, -2.5e1, \"x\\n\xc3\xa9\", true, null], \"b\":{\"c\":false}}";
    char text[sizeof(sample)];
    size_t accepted = 0;

    (void)state;
    for (size_t at = 0; at < strlen(sample); at++) {
        for (int c = 0; c < 256; c++) {
            pjwt_verdict scanned = PJWT_SAY(UNSET);
            json_t *parsed = NULL;

            memcpy(text, sample, sizeof(sample));
            text[at] = (char)c;
            scanned = pjwt_json_scan(text, strlen(sample), NULL, NULL, NULL);
            parsed = json_loadb(text, strlen(sample), JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
            assert_int_equal(pjwt_ok(scanned), parsed != NULL);
            accepted += parsed != NULL;
            json_decref(parsed);
        }
    }
    assert_in_range(accepted, strlen(sample) + 200, 2000); /* both answers were seen */
}

struct seen {
    size_t count;
    size_t stop_at; /* 0: never */
    char text[256]; /* each element in < > */
};

static bool
see(void *context, struct pjwt_json_span element)
{
    struct seen *seen = context;
    size_t len = strlen(seen->text);

    (void)snprintf(seen->text + len, sizeof(seen->text) - len, "<%.*s>", (int)element.len,
                   element.at);
    return ++seen->count != seen->stop_at;
}

static pjwt_verdict
list(const char *text, struct seen *seen)
{
    const char *quoted = fixture_quotes(text);

    return pjwt_json_scan(quoted, strlen(quoted), "keys", see, seen);
}

static void
test_elements_of_a_member(void **state)
{
    struct seen seen = {0};

    (void)state;
    assert_reason(list("{'x':[9],'keys':[ {'a':[1]} , 'b' ,3],'y':{'keys':[8]}}", &seen), OK);
    assert_string_equal(seen.text, "<{\"a\":[1]}><\"b\"><3>");
    seen = (struct seen){0};
    assert_reason(list("{'keys':[]}", &seen), OK);
    assert_int_equal(seen.count, 0);
}

static void
test_member_that_is_no_array(void **state)
{
    static const char *const texts[] = {
        "{}",
        "{'keys':{}}",
        "{'keys':null}",
        "{'keys':'[]'}",
        "{'Keys':[]}",
        "{'x':{'keys':[]}}",
        "[{'keys':[]}]",
        "{'keys':[],'keys':[]}",
        "{'keys':[]}x",
        "{'keys':[1,]}",
        "{'keys':[],'x':[[[[[[[[]]]]]]]]}", /* depth 9, behind the array */
    };
    struct seen seen = {0};

    (void)state;
    assert_reason(list("{'keys':[],'x':[[[[[[[]]]]]]]}", &seen), OK);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_reason(list(texts[i], &seen), JSON);
    }
}

static void
test_scan_that_is_stopped(void **state)
{
    struct seen seen = {.stop_at = 2};

    (void)state;
    assert_reason(list("{'keys':[1,2,3]}", &seen), JSON);
    assert_int_equal(seen.count, 2);
}

/* The raw value of `name`, or "absent". */
static const char *
member(const char *text, const char *name)
{
    static char found[64];
    const char *quoted = fixture_quotes(text);
    struct pjwt_json_span value;

    if (!pjwt_json_member((struct pjwt_json_span){quoted, strlen(quoted)}, name, &value)) {
        return "absent";
    }
    (void)snprintf(found, sizeof(found), "%.*s", (int)value.len, value.at);
    return found;
}

static void
test_member_by_scan(void **state)
{
    (void)state;
    assert_string_equal(member("{'kid':'a'}", "kid"), "\"a\"");
    assert_string_equal(member("{ 'x' : {'kid':'no'} , 'kid' : [1, 2] }", "kid"), "[1, 2]");
    assert_string_equal(member("{'kid':'a\\u0062'}", "kid"), "\"a\\u0062\"");
    assert_string_equal(member("{'x':'kid','kid2':1,'ki':2}", "kid"), "absent");
    assert_string_equal(member("{'x':{'kid':1},'y':[{'kid':1}]}", "kid"), "absent");
    assert_string_equal(member("{'k\\u0069d':1}", "kid"), "absent");
    assert_string_equal(member("{}", "kid"), "absent");
    assert_string_equal(member("['kid']", "kid"), "absent");
    assert_string_equal(member("'kid'", "kid"), "absent");
    assert_string_equal(member("", "kid"), "absent");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_depth_bomb),
        cmocka_unit_test(test_members_and_elements),
        cmocka_unit_test(test_scanner_agrees_with_parser),
        cmocka_unit_test(test_elements_of_a_member),
        cmocka_unit_test(test_member_that_is_no_array),
        cmocka_unit_test(test_scan_that_is_stopped),
        cmocka_unit_test(test_member_by_scan),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
