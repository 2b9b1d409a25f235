/* Does a JSON Pointer find what RFC 6901 says, and a claim's text only when it is whole? */
#include "lib/policy/pointer.h"

#include "tests/unit/support/jose_fixture.h"

#include "lib/policy/claim.h"

#include <string.h>

/* RFC 6901 section 5, and an array within an array. */
#define DOCUMENT                                                                      \
    "{'foo':['bar','baz'],'':0,'a/b':1,'c%d':2,'e^f':3,'g|h':4,' ':7,'m~n':8,'~1':9," \
    "'n':[[10,11]],'01':12,'d':{'':13}}"

static const struct {
    const char *pointer;
    const char *found; /* as JSON; NULL: nothing */
} rows[] = {
    {"/foo", "[\"bar\",\"baz\"]"},
    {"/foo/0", "\"bar\""},
    {"/foo/1", "\"baz\""},
    {"/", "0"},
    {"/a~1b", "1"},
    {"/c%d", "2"},
    {"/e^f", "3"},
    {"/g|h", "4"},
    {"/ ", "7"},
    {"/m~0n", "8"},
    {"/~01", "9"},
    {"/n/0/1", "11"},
    {"/01", "12"},
    {"/d/", "13"},
    {"/foo/2", NULL},
    {"/foo/-", NULL},
    {"/foo/-1", NULL},
    {"/foo/01", NULL},
    {"/foo/00", NULL},
    {"/foo/0x", NULL},
    {"/foo/", NULL},
    {"/foo/10000", NULL},
    {"/foo/18446744073709551616", NULL},
    {"/foo/0/0", NULL},
    {"/FOO", NULL},
    {"/nothing", NULL},
    {"/nothing/more", NULL},
    {"/a/b", NULL},
    {"//", NULL},
    {"/m~n", NULL},
    {"/m~", NULL},
    {"foo", NULL},
    {"", NULL},
};

static void
a_pointer_finds_its_value(void **state)
{
    PJWT_AUTO(json) json_t *document = fixture_json(DOCUMENT);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const json_t *found = pjwt_pointer_get(document, rows[i].pointer);
        PJWT_AUTO(text)
        char *text = found == NULL ? NULL : json_dumps(found, JSON_ENCODE_ANY | JSON_COMPACT);

        if (rows[i].found == NULL && text != NULL) {
            fail_msg("'%s' finds %s", rows[i].pointer, text);
        }
        if (rows[i].found != NULL && (text == NULL || strcmp(text, rows[i].found) != 0)) {
            fail_msg("'%s' finds %s, not %s", rows[i].pointer, text == NULL ? "nothing" : text,
                     rows[i].found);
        }
    }
}

static void
a_pointer_is_bounded(void **state)
{
    char pointer[PJWT_POINTER_MAX + 2];

    (void)state;
    memset(pointer, '/', sizeof(pointer));
    pointer[PJWT_POINTER_MAX] = '\0';
    assert_true(pjwt_pointer_valid(pointer));
    pointer[PJWT_POINTER_MAX] = '/';
    pointer[PJWT_POINTER_MAX + 1] = '\0';
    assert_false(pjwt_pointer_valid(pointer));
}

static void
a_text_is_kept_whole_or_refused(void **state)
{
    PJWT_AUTO(json) json_t *four = json_string("four");
    PJWT_AUTO(json) json_t *nul = json_stringn("a\0b", 3);
    struct pjwt_why why = {""};
    char text[5] = "left";

    (void)state;
    assert_reason(pjwt_claim_text(NULL, "c", text, sizeof(text), &why), CLAIM_BAD);
    assert_string_equal(why.text, "c is no string");
    assert_reason(pjwt_claim_text(nul, "c", text, sizeof(text), &why), CLAIM_BAD);
    assert_string_equal(why.text, "c holds a NUL");
    assert_reason(pjwt_claim_text(four, "c", text, sizeof(text) - 1, &why), CLAIM_BAD);
    assert_string_equal(why.text, "c is too long to be kept whole");
    assert_string_equal(text, "left");
    assert_reason(pjwt_claim_text(four, "c", text, sizeof(text), &why), OK);
    assert_string_equal(text, "four");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pointer_finds_its_value),
        cmocka_unit_test(a_pointer_is_bounded),
        cmocka_unit_test(a_text_is_kept_whole_or_refused),
    };

    return cmocka_run_group_tests_name("pointer", tests, NULL, NULL);
}
