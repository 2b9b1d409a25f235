/* Does a string with escapes stand for what another reader says it does? */
#include "tests/unit/support/jose_fixture.h"

#include "lib/base/json_unescape.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* Ours, or NULL in `out` where it stands for nothing. */
static bool
unescape(const char *text, char *out, size_t *len)
{
    return pjwt_json_unescape((struct pjwt_json_span){text, strlen(text)}, out, len);
}

static void
assert_as_jansson(const char *text)
{
    char quoted[64];
    char out[64];
    size_t len = 0;
    bool good = unescape(text, out, &len);
    PJWT_AUTO(json) json_t *theirs = NULL;

    (void)snprintf(quoted, sizeof(quoted), "\"%s\"", text);
    theirs = json_loads(quoted, JSON_DECODE_ANY, NULL);
    assert_int_equal(good, theirs != NULL);
    if (good) {
        assert_int_equal(len, json_string_length(theirs));
        assert_memory_equal(out, json_string_value(theirs), len);
    }
}

static void
test_every_unit(void **state)
{
    (void)state;
    for (unsigned unit = 0; unit <= 0xffff; unit++) {
        char text[16];

        (void)snprintf(text, sizeof(text), unit % 2 == 0 ? "a\\u%04xb" : "a\\u%04Xb", unit);
        assert_as_jansson(text);
    }
}

static void
test_pairs(void **state)
{
    static const unsigned edges[] = {0xd7ff, 0xd800, 0xd801, 0xdbff, 0xdc00,
                                     0xdc01, 0xdfff, 0xe000, 0x0041};
    size_t count = sizeof(edges) / sizeof(edges[0]);

    (void)state;
    for (size_t i = 0; i < count * count; i++) {
        char text[32];

        (void)snprintf(text, sizeof(text), "\\u%04x\\u%04x", edges[i / count],
                       edges[i % count]);
        assert_as_jansson(text);
        (void)snprintf(text, sizeof(text), "\\u%04x\\n%04x", edges[i / count],
                       edges[i % count]);
        assert_as_jansson(text);
    }
}

static void
test_short_ones(void **state)
{
    (void)state;
    assert_as_jansson("\\\"\\\\\\/\\b\\f\\n\\r\\t");
    assert_as_jansson("no escape, \xc3\xa9\xe2\x82\xac");
    assert_as_jansson("");
    assert_as_jansson("\\\\u0041");
}

/* Nothing is longer than it was written: the room is enough to the byte. */
static void
test_room(void **state)
{
    static const char *const texts[] = {"\\u0041", "\\u00e9", "\\uffff", "\\ud83d\\ude00",
                                        "\\n"};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        char out[64];
        size_t len = 0;

        assert_true(unescape(texts[i], out, &len));
        assert_true(len <= strlen(texts[i]));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_unit),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_short_ones),
        cmocka_unit_test(test_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
