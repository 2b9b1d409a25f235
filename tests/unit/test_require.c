/* Do claims pass exactly when they hold every requirement? */
#include "lib/policy/require.h"

#include "tests/unit/support/jose_fixture.h"

#include "lib/policy/list.h"
#include "lib/policy/value.h"

#include <string.h>

/* A `require` as the config file has it, and claims that are refused and that pass. */
struct row {
    const char *name;
    const char *require;
    const char *bad; /* claims; NULL: the ticket has none */
    const char *why; /* behind "[issuer corp] requires " */
    const char *good;
};

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct row rows[] = {
    {"a string", "g=admins", "{'g':'users'}", "g=admins; g is users", "{'g':'admins'}"},
    {"absence refuses", "g=admins", "{}", "g=admins; g is absent", "{'g':'admins'}"},
    {"no claims at all", "g=admins", NULL, "g=admins; this ticket has no claims",
     "{'g':'admins'}"},
    {"case counts", "g=admins", "{'g':'Admins'}", "g=admins; g is Admins", "{'g':'admins'}"},
    {"a longer string", "g=admins", "{'g':'admins2'}", "g=admins; g is admins2",
     "{'g':'admins'}"},
    {"a shorter string", "g=admins", "{'g':'admin'}", "g=admins; g is admin", "{'g':'admins'}"},
    {"an empty string", "g=admins", "{'g':''}", "g=admins; g is empty", "{'g':'admins'}"},
    {"blanks count", "g=admins", "{'g':'admins '}", "g=admins; g is admins ", "{'g':'admins'}"},
    {"any of", "g=ssh|admins", "{'g':'ssh|admins'}", "g=ssh|admins; g is ssh|admins",
     "{'g':'admins'}"},
    {"any of, the first", "g=ssh|admins", "{'g':'sshadmins'}", "g=ssh|admins; g is sshadmins",
     "{'g':'ssh'}"},
    {"all of", "g=admins, e=true", "{'g':'admins','e':false}", "e=true; e is false",
     "{'g':'admins','e':true}"},
    {"all of, the first fails", "g=admins, e=true", "{'e':true}", "g=admins; g is absent",
     "{'g':'admins','e':true}"},
    {"the same claim twice", "g=a, g=b", "{'g':['a','c']}", "g=b; g is a, c",
     "{'g':['a','b']}"},
    {"one a line", "\ng=a\ne=true", "{'g':'a'}", "e=true; e is absent", "{'g':'a','e':true}"},
    {"a blank inside a value", "g=Domain Admins|x", "{'g':['Domain','Admins']}",
     "g=Domain Admins|x; g is Domain, Admins", "{'g':['Domain Admins']}"},
    {"the first = divides", "g=a=b", "{'g=a':'b'}", "g=a=b; g is absent", "{'g':'a=b'}"},
    {"a boolean word", "e=true", "{'e':false}", "e=true; e is false", "{'e':true}"},
    {"a boolean as a string", "e=true", "{'e':'TRUE'}", "e=true; e is TRUE", "{'e':'true'}"},
    {"false is a value", "e=false", "{}", "e=false; e is absent", "{'e':false}"},
    {"1 is not true", "e=true", "{'e':1}", "e=true; e is 1", "{'e':true}"},
    {"an integer", "n=7", "{'n':70}", "n=7; n is 70", "{'n':7}"},
    {"an integer as a string", "n=7", "{'n':'07'}", "n=7; n is 07", "{'n':'7'}"},
    {"canonical digits alone", "n=07", "{'n':7}", "n=07; n is 7", "{'n':'07'}"},
    {"no plus", "n=+7", "{'n':7}", "n=+7; n is 7", "{'n':'+7'}"},
    {"a negative integer", "n=-7", "{'n':7}", "n=-7; n is 7", "{'n':-7}"},
    {"a large integer", "n=9223372036854775807", "{'n':9223372036854775806}",
     "n=9223372036854775807; n is 9223372036854775806", "{'n':9223372036854775807}"},
    {"a fraction equals nothing", "n=7", "{'n':7.0}", "n=7; n is a fraction", "{'n':7}"},
    {"null equals nothing", "n=null", "{'n':null}", "n=null; n is null", "{'n':'null'}"},
    {"an object equals nothing", "n=x", "{'n':{'x':'x'}}", "n=x; n is an object",
     "{'n':['x']}"},
    {"an array in an array", "n=x", "{'n':[['x']]}", "n=x; n is an array", "{'n':['y','x']}"},
    {"an empty array", "n=x", "{'n':[]}", "n=x; n is empty", "{'n':['x']}"},
    {"an array of all kinds", "n=x", "{'n':[1,true,null,1.5,{},'y']}",
     "n=x; n is 1, true, null, a fraction, an object, y", "{'n':[1,true,null,1.5,{},'x']}"},
    {"an array with an integer", "n=5|6", "{'n':[56]}", "n=5|6; n is 56", "{'n':[4,6]}"},
    {"scope is a list", "scope=login", "{'scope':'openid login2 xlogin'}",
     "scope=login; scope is openid login2 xlogin", "{'scope':'openid login email'}"},
    {"scope at its end", "scope=login", "{'scope':'openid  logi'}",
     "scope=login; scope is openid  logi", "{'scope':'openid  login'}"},
    {"scope with a tab", "scope=login", "{'scope':'a\\tlogin'}",
     "scope=login; scope is a?login", "{'scope':'login'}"},
    {"scope as an array", "scope=login", "{'scope':['a login']}",
     "scope=login; scope is a login", "{'scope':['a','login']}"},
    {"no other claim is such a list", "scp=login", "{'scp':'a login'}",
     "scp=login; scp is a login", "{'scp':'login'}"},
    {"a pointer", "/r/a~1b/roles=x", "{'r':{'a':{'b':{'roles':['x']}}}}",
     "/r/a~1b/roles=x; /r/a~1b/roles is absent", "{'r':{'a/b':{'roles':['x']}}}"},
    {"a pointer into an array", "/r/1=x", "{'r':['x','y']}", "/r/1=x; /r/1 is y",
     "{'r':['y','x']}"},
    {"a member named like a pointer", "/r=x", "{'/r':'x'}", "/r=x; /r is absent", "{'r':'x'}"},
    {"a literal name with a slash", "https://corp/g=x", "{'https:':{'':{'corp':{'g':'x'}}}}",
     "https://corp/g=x; https://corp/g is absent", "{'https://corp/g':'x'}"},
    {"a dot is no path", "a.b=x", "{'a':{'b':'x'}}", "a.b=x; a.b is absent", "{'a.b':'x'}"},
    {"a star is no pattern", "ref=refs/*", "{'ref':'refs/main'}",
     "ref=refs/*; ref is refs/main", "{'ref':'refs/*'}"},
    {"a long value is clipped", "g=x", "{'g':'" A64 "b'}", "g=x; g is " A64 "...", "{'g':'x'}"},
    {"a long array is clipped", "g=x", "{'g':['" A64 "','" A64 "','y']}",
     "g=x; g is " A64 ", ...", "{'g':['" A64 "','" A64 "','x']}"},
};

static pjwt_verdict
check(const char *require, const char *text, struct pjwt_why *why)
{
    PJWT_AUTO(json) json_t *claims = text == NULL ? NULL : fixture_json(text);
    struct pjwt_list list = {0};
    const char *expected = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    assert_true(pjwt_value_require(&list, require, &expected));
    v = pjwt_require_check(&list, "[issuer corp]", claims, why);
    pjwt_list_clear(&list);
    return v;
}

static void
check_row(void **state)
{
    const struct row *row = *state;
    struct pjwt_why why = {""};
    char expected[PJWT_WHY_MAX];

    (void)snprintf(expected, sizeof(expected), "[issuer corp] requires %s", row->why);
    assert_reason(check(row->require, row->bad, &why), REQUIRE);
    assert_string_equal(why.text, expected);
    assert_reason(check(row->require, row->good, &why), OK);
    assert_string_not_equal(why.text, ""); /* a pass tells what it saw, too */
}

static void
a_value_out_of_no_config_is_refused(void **state)
{
    char element[] = "groups";
    char *items[] = {element};
    const struct pjwt_list list = {items, 1};
    PJWT_AUTO(json) json_t *claims = fixture_json("{'groups':'x'}");
    struct pjwt_why why = {""};

    (void)state;
    assert_reason(pjwt_require_check(&list, "[issuer corp]", claims, &why), INTERNAL);
}

/* What the config file may say: each mistake, what is expected, and the same put right. */
static const struct form {
    const char *bad;
    const char *expected; /* a part of it */
    const char *good;
} forms[] = {
    {"", "at least one requirement", "a=b"},
    {"a", "that a claim is there says nothing", "a=b"},
    {"a=b, c", "that a claim is there says nothing", "a=b, c=d"},
    {"a!=b", "there is no !=", "a=b"},
    {"!a=b", NULL, "!a=b"}, /* a claim may be called so */
    {"a>=5", "there is no !=, < or >", "a=5"},
    {"a<=5", "there is no !=, < or >", "a=5|4"},
    {"a==b", "one = is enough", "a=b"},
    {"=b", "before the =", "a=b"},
    {"a =b", "no blank beside = or |", "a=b"},
    {"a= b", "no blank beside = or |", "a=b"},
    {"a=b |c", "no blank beside = or |", "a=b|c"},
    {"a=b| c", "no blank beside = or |", "a=b|c"},
    {"a=b\tc", NULL, "a=b"},
    {"a=", "a value is empty", "a=b"},
    {"a=|b", "a value is empty", "a=b"},
    {"a=b|", "a value is empty", "a=b|c"},
    {"a=b||c", "a value is empty", "a=b|c"},
    {"a=b c=d", "commas between the requirements", "a=b, c=d"},
    {"a=b|c d=e", "commas between the requirements", "a=b|c, d=e"},
    {"a b=c", "before the =", "a=c"},
    {"a=\"b\"", "without quotes", "a=b"},
    {"a=b|'c'", "without quotes", "a=b|c"},
    {"\"a=b\", c=d", "without quotes", "a=b, c=d"},
    {"/a~2=b", "before the =", "/a~1=b"},
    {"/a/=b", NULL, "/a/b=b"},
    {"a=b,", "no comma behind", "a=b"},
    {"a=b,,c=d", "no empty list element", "a=b,c=d"},
    {A64 A64 A64 A64 "a=b", "before the =", A64 A64 A64 A64 "=b"},
};

static bool
parses(const char *text, const char **expected)
{
    struct pjwt_list list = {0};
    bool good = pjwt_value_require(&list, text, expected);

    pjwt_list_clear(&list);
    return good;
}

static void
mistakes_are_refused_where_they_are_made(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        const struct form *form = &forms[i];
        const char *expected = NULL;
        bool good = parses(form->bad, &expected);

        if (good != (form->expected == NULL) ||
            (!good && strstr(expected, form->expected) == NULL)) {
            fail_msg("%s: %s", form->bad, expected);
        }
        if (!parses(form->good, &expected)) {
            fail_msg("%s: %s", form->good, expected);
        }
    }
}

#define ROWS   (sizeof(rows) / sizeof(rows[0]))
#define OTHERS 2

int
main(void)
{
    struct CMUnitTest tests[OTHERS + ROWS] = {
        cmocka_unit_test(a_value_out_of_no_config_is_refused),
        cmocka_unit_test(mistakes_are_refused_where_they_are_made),
    };

    for (size_t i = 0; i < ROWS; i++) {
        tests[OTHERS + i] = (struct CMUnitTest){rows[i].name, check_row, NULL, NULL,
                                                (void *)(uintptr_t)&rows[i]};
    }
    return cmocka_run_group_tests_name("require", tests, NULL, NULL);
}
