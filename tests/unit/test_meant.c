/* Is only a token of a listed type, for one of our names, meant for us? */
#include "lib/policy/meant.h"

#include "tests/unit/support/jose_fixture.h"

#include "lib/policy/list.h"

#include <string.h>

#define B10 "bbbbbbbbbb"
#define B64 B10 B10 B10 B10 B10 B10 "bbbb"

struct row {
    const char *name;
    const char *typ;  /* the header's; NULL: absent */
    const char *type; /* the section's list; NULL: at+jwt, pam+jwt */
    const char *aud;  /* an object with the claim; NULL: this row is about typ */
    pjwt_verdict verdict;
    const char *why;
};

#define PASSES      .verdict = {PJWT_OK}
#define FAILS(name) .verdict = {PJWT_##name}

/* typ: RFC 7515 section 4.1.9; aud: RFC 7519 section 4.1.3 */
static const struct row rows[] = {
    {"the control", .typ = "at+jwt", PASSES},
    {"typ pam+jwt", .typ = "pam+jwt", PASSES},
    {"typ AT+JWT", .typ = "AT+JWT", PASSES},
    {"typ application/at+jwt", .typ = "application/at+jwt", PASSES},
    {"typ Application/At+Jwt", .typ = "Application/At+Jwt", PASSES},
    {"a listed application/x", .typ = "X", .type = "application/x", PASSES},
    {"from A to Z", .typ = "azAZ", .type = "AZaz", PASSES},
    {"typ none listed", .type = "none", PASSES},
    {"typ JWT listed", .typ = "jwt", .type = "JWT", PASSES},
    {"typ JWT", .typ = "JWT", FAILS(TYPE),
     .why = "typ is JWT; type = at+jwt, pam+jwt does not list it: set `type`"},
    {"no typ", FAILS(TYPE),
     .why = "typ is absent; type = at+jwt, pam+jwt does not list none: set `type`"},
    {"the word none is no typ", .typ = "none", .type = "none", FAILS(TYPE),
     .why = "typ is none; type = none does not list it: set `type`"},
    {"a typ though none is listed", .typ = "at+jwt", .type = "none", FAILS(TYPE),
     .why = "typ is at+jwt; type = none does not list it: set `type`"},
    {"a typ cut short", .typ = "at+jw", FAILS(TYPE),
     .why = "typ is at+jw; type = at+jwt, pam+jwt does not list it: set `type`"},
    {"a typ too long", .typ = "at+jwt2", FAILS(TYPE),
     .why = "typ is at+jwt2; type = at+jwt, pam+jwt does not list it: set `type`"},
    {"another tree", .typ = "text/at+jwt", FAILS(TYPE),
     .why = "typ is text/at+jwt; type = at+jwt, pam+jwt does not list it: set `type`"},
    {"two slashes", .typ = "application/at+jwt/x", .type = "at+jwt/x", FAILS(TYPE),
     .why = "typ is application/at+jwt/x; type = at+jwt/x does not list it: set `type`"},
    {"the control of aud", .aud = "{'aud':'pam:a'}", PASSES},
    {"aud the other one", .aud = "{'aud':'pam:b'}", PASSES},
    {"aud an array", .aud = "{'aud':['x','pam:b']}", PASSES},
    {"aud another", .aud = "{'aud':'pam:c'}", FAILS(AUDIENCE),
     .why = "aud is pam:c; audience = pam:a, pam:b lists none of it: set `audience`"},
    {"aud in capitals", .aud = "{'aud':'PAM:A'}", FAILS(AUDIENCE),
     .why = "aud is PAM:A; audience = pam:a, pam:b lists none of it: set `audience`"},
    {"aud with a blank", .aud = "{'aud':'pam:a '}", FAILS(AUDIENCE),
     .why = "aud is pam:a ; audience = pam:a, pam:b lists none of it: set `audience`"},
    {"aud the list as text", .aud = "{'aud':'pam:a, pam:b'}", FAILS(AUDIENCE),
     .why = "aud is pam:a, pam:b; audience = pam:a, pam:b lists none of it: set `audience`"},
    {"aud an array of others", .aud = "{'aud':['x','y']}", FAILS(AUDIENCE),
     .why = "aud is x, y; audience = pam:a, pam:b lists none of it: set `audience`"},
    {"aud a long array", .aud = "{'aud':['" B64 "','" B64 "']}", FAILS(AUDIENCE),
     .why = "aud is " B64 ", ...; audience = pam:a, pam:b lists none of it: set `audience`"},
    {"aud a longer array", .aud = "{'aud':['" B64 "','" B64 "','x']}", FAILS(AUDIENCE),
     .why = "aud is " B64 ", ...; audience = pam:a, pam:b lists none of it: set `audience`"},
    {"aud an empty array", .aud = "{'aud':[]}", FAILS(AUDIENCE),
     .why = "aud is empty; audience = pam:a, pam:b lists none of it: set `audience`"},
    {"aud an array with a number", .aud = "{'aud':['pam:a',7]}", FAILS(CLAIM_BAD),
     .why = "aud is neither a string nor an array of strings"},
    {"aud an array in an array", .aud = "{'aud':[['pam:a']]}", FAILS(CLAIM_BAD),
     .why = "aud is neither a string nor an array of strings"},
    {"aud an object", .aud = "{'aud':{'pam:a':1}}", FAILS(CLAIM_BAD),
     .why = "aud is neither a string nor an array of strings"},
    {"aud true", .aud = "{'aud':true}", FAILS(CLAIM_BAD),
     .why = "aud is neither a string nor an array of strings"},
};

static void
check_row(void **state)
{
    const struct row *row = *state;
    PJWT_AUTO(json) json_t *claims = row->aud == NULL ? NULL : fixture_json(row->aud);
    const char *list = row->aud != NULL    ? "pam:a, pam:b"
                       : row->type == NULL ? "at+jwt, pam+jwt"
                                           : row->type;
    struct pjwt_list listed = {0};
    struct pjwt_why why = {""};
    const char *expected = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    assert_true(pjwt_list_split(&listed, list, &expected));
    v = claims == NULL ? pjwt_meant_type(row->typ, &listed, &why)
                       : pjwt_meant_audience(json_object_get(claims, "aud"), &listed, &why);
    pjwt_list_clear(&listed);
    assert_string_equal(pjwt_code(v), pjwt_code(row->verdict));
    if (row->why != NULL) {
        assert_string_equal(why.text, row->why);
    } else {
        assert_true(pjwt_ok(v));
        assert_string_not_equal(why.text, ""); /* a pass tells what it saw, too */
        assert_null(strstr(why.text, "set `"));
    }
}

#define ROWS (sizeof(rows) / sizeof(rows[0]))

int
main(void)
{
    struct CMUnitTest tests[ROWS];

    for (size_t i = 0; i < ROWS; i++) {
        tests[i] = (struct CMUnitTest){rows[i].name, check_row, NULL, NULL,
                                       (void *)(uintptr_t)&rows[i]};
    }
    return cmocka_run_group_tests_name("meant", tests, NULL, NULL);
}
