/* Does a token become the local user that its issuer's section says, and no other? */
#include "lib/policy/whose.h"

#include "tests/unit/support/jose_fixture.h"

#include <stdio.h>
#include <string.h>

#define B10  "bbbbbbbbbb"
#define B64  B10 B10 B10 B10 B10 B10 "bbbb"
#define B512 B64 B64 B64 B64 B64 B64 B64 B64

#define MAP "corp.users"
#define USERS                                                                      \
    "alice a1\nbob b1\nbob shared\nalice shared\ncarol carol\nroot r\nalice x y\n" \
    "alice " B512 "\n"

/* What a token says, what the section asks, and who it is. */
struct row {
    const char *name;
    const char *claims;
    const char *user;  /* the option; NULL: sub */
    const char *strip; /* the option */
    bool map;          /* the option, with USERS */
    const char *asked; /* PAM_USER; NULL: alice */
    pjwt_verdict verdict;
    const char *check; /* the last one */
    const char *why;   /* a refusal's */
    const char *is;    /* NULL: alice */
};

#define PASSES(in)      .verdict = {PJWT_OK}, .check = in
#define FAILS(name, in) .verdict = {PJWT_##name}, .check = in
#define CURE            "no local user name; set `user`, `user_strip` or `user_map`"
#define SET             ": set `user` to the claim that names the user"

static const struct row rows[] = {
    {"the control", "{'sub':'alice'}", PASSES("user named")},
    {"another user is for the next check", "{'sub':'bob'}", PASSES("user named"), .is = "bob"},
    {"another claim", "{'u':'alice','sub':'7'}", .user = "u", PASSES("user named")},
    {"a literal name with a slash", "{'x/u':'alice'}", .user = "x/u", PASSES("user named")},
    {"a pointer", "{'a/b':{'~':['x','alice']}}", .user = "/a~1b/~0/1", PASSES("user named")},
    {"the claim is absent", "{'sub':'alice'}", .user = "u", FAILS(USER_CLAIM, "user claim"),
     .why = "u is absent" SET},
    {"the pointer finds nothing", "{'a':{}}", .user = "/a/b", FAILS(USER_CLAIM, "user claim"),
     .why = "/a/b is absent" SET},
    {"a member named like a pointer", "{'/a':'alice'}", .user = "/a",
     FAILS(USER_CLAIM, "user claim"), .why = "/a is absent" SET},
    {"an array", "{'sub':['alice']}", FAILS(USER_CLAIM, "user claim"),
     .why = "sub is no string" SET},
    {"a number", "{'sub':7}", FAILS(USER_CLAIM, "user claim"), .why = "sub is no string" SET},
    {"empty", "{'sub':''}", FAILS(USER_CLAIM, "user claim"), .why = "sub is empty" SET},
    {"too long to be kept", "{'sub':'" B512 "b'}", FAILS(CLAIM_BAD, "user claim"),
     .why = "sub is too long to be kept whole"},
    {"no local name", "{'sub':'alice@corp'}", FAILS(USER_NAME, "user named"),
     .why = "sub is alice@corp: " CURE},
    {"a name in capitals", "{'sub':'Alice'}", FAILS(USER_NAME, "user named"),
     .why = "sub is Alice: " CURE},
    {"a blank behind", "{'sub':'alice '}", FAILS(USER_NAME, "user named"),
     .why = "sub is alice : " CURE},
    {"a name of 32", "{'sub':'" B10 B10 B10 "bb'}", PASSES("user named"),
     .is = B10 B10 B10 "bb"},
    {"a name of 33", "{'sub':'" B10 B10 B10 "bbb'}", FAILS(USER_NAME, "user named"),
     .why = "sub is " B10 B10 B10 "bbb: " CURE},
    {"a control character is not shown", "{'sub':'a\\u001bb'}", FAILS(USER_NAME, "user named"),
     .why = "sub is a?b: " CURE},
    /* user_strip */
    {"a suffix goes", "{'sub':'alice@corp'}", .strip = "@corp", PASSES("user named")},
    {"a suffix goes once", "{'sub':'alice@corp@corp'}", .strip = "@corp",
     FAILS(USER_NAME, "user named"), .why = "sub is alice@corp: " CURE},
    {"another suffix", "{'sub':'alice@evil'}", .strip = "@corp",
     FAILS(USER_SUFFIX, "user suffix"), .why = "alice@evil: user_strip = @corp is not its end"},
    {"a longer suffix", "{'sub':'alice@corp.evil'}", .strip = "@corp",
     FAILS(USER_SUFFIX, "user suffix"),
     .why = "alice@corp.evil: user_strip = @corp is not its end"},
    {"a suffix in capitals", "{'sub':'alice@CORP'}", .strip = "@corp",
     FAILS(USER_SUFFIX, "user suffix"), .why = "alice@CORP: user_strip = @corp is not its end"},
    {"another domain before it", "{'sub':'alice@evil@corp'}", .strip = "@corp",
     FAILS(USER_NAME, "user named"), .why = "sub is alice@evil: " CURE},
    {"no suffix at all", "{'sub':'alice'}", .strip = "@corp", FAILS(USER_SUFFIX, "user suffix"),
     .why = "alice: user_strip = @corp is not its end"},
    {"shorter than the suffix", "{'sub':'orp'}", .strip = "@corp",
     FAILS(USER_SUFFIX, "user suffix"), .why = "orp: user_strip = @corp is not its end"},
    {"nothing but the suffix", "{'sub':'@corp'}", .strip = "@corp",
     FAILS(USER_SUFFIX, "user suffix"),
     .why = "@corp: user_strip = @corp leaves nothing of it"},
    /* user_map */
    {"mapped", "{'sub':'a1'}", .map = true, PASSES("user map")},
    {"mapped, with a blank in it", "{'sub':'x y'}", .map = true, PASSES("user map")},
    {"mapped, as long as may be", "{'sub':'" B512 "'}", .map = true, PASSES("user map")},
    {"one of several", "{'sub':'shared'}", .map = true, PASSES("user map")},
    {"another of several", "{'sub':'shared'}", .map = true, .asked = "bob", PASSES("user map"),
     .is = "bob"},
    {"none of several", "{'sub':'shared'}", .map = true, .asked = "carol",
     FAILS(USER_MISMATCH, "user map"),
     .why = "the credential is for alice, bob, the login for carol"},
    {"mapped to another", "{'sub':'b1'}", .map = true, FAILS(USER_MISMATCH, "user map"),
     .why = "the credential is for bob, the login for alice"},
    {"no line", "{'sub':'a2'}", .map = true, FAILS(USER_UNMAPPED, "user map"),
     .why = "a2 has no line in "},
    {"a local name without a line", "{'sub':'alice'}", .map = true,
     FAILS(USER_UNMAPPED, "user map"), .why = "alice has no line in "},
    {"a name that stands for itself", "{'sub':'carol'}", .map = true, .asked = "carol",
     PASSES("user map"), .is = "carol"},
    {"in another case", "{'sub':'A1'}", .map = true, FAILS(USER_UNMAPPED, "user map"),
     .why = "A1 has no line in "},
    {"root is for the next check", "{'sub':'r'}", .map = true, .asked = "root",
     PASSES("user map"), .is = "root"},
    {"stripped, then mapped", "{'sub':'a1@corp'}", .strip = "@corp", .map = true,
     PASSES("user map")},
    {"mapped, but not stripped", "{'sub':'a1'}", .strip = "@corp", .map = true,
     FAILS(USER_SUFFIX, "user suffix"), .why = "a1: user_strip = @corp is not its end"},
};

struct heard {
    char last[32];
};

static void
hear(void *context, const char *check, pjwt_verdict v, const char *seen)
{
    struct heard *heard = context;

    assert_int_not_equal(strlen(seen), 0);
    assert_string_not_equal(pjwt_code(v), "unset");
    scratch_set_text(heard->last, sizeof(heard->last), check);
}

static pjwt_verdict
whose(struct scratch *s, const struct row *row, const char *asked, char user[PJWT_USER_MAX],
      struct pjwt_report *report)
{
    PJWT_AUTO(json) json_t *claims = fixture_json(row->claims);
    char sub[] = "sub";
    char map[] = MAP;
    PJWT_AUTO(text) char *strip = row->strip == NULL ? NULL : strdup(row->strip);
    PJWT_AUTO(text) char *claim = row->user == NULL ? NULL : strdup(row->user);
    const struct pjwt_issuer issuer = {.user = claim == NULL ? sub : claim,
                                       .user_strip = strip,
                                       .user_map = row->map ? map : NULL};
    const struct pjwt_config config = {.dir = s->dir};

    scratch_write(s, MAP, USERS, 0644);
    return pjwt_whose(&config, &issuer, claims, asked, user, report);
}

static void
check_row(struct scratch *s, const struct row *row)
{
    struct heard heard = {""};
    struct pjwt_report report = {.checked = hear, .context = &heard};
    char user[PJWT_USER_MAX] = "untouched";
    pjwt_verdict v = whose(s, row, row->asked == NULL ? "alice" : row->asked, user, &report);

    if (strcmp(pjwt_code(v), pjwt_code(row->verdict)) != 0) {
        fail_msg("%s: %s %s", row->name, pjwt_code(v), report.why.text);
    }
    assert_string_equal(heard.last, row->check);
    if (pjwt_ok(v)) {
        assert_string_equal(user, row->is == NULL ? "alice" : row->is);
        assert_string_equal(report.why.text, "");
        return;
    }
    if (row->verdict.reason == PJWT_USER_UNMAPPED) { /* it names the file, too */
        assert_memory_equal(report.why.text, row->why, strlen(row->why));
        assert_non_null(strstr(report.why.text, MAP ": add `USER VALUE`"));
    } else {
        assert_string_equal(report.why.text, row->why);
    }
    assert_string_equal(user, "untouched");
}

static void
every_row_is_whose_it_should_be(void **state)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        check_row(*state, &rows[i]);
    }
}

static void
explain_takes_the_first_of_several(void **state)
{
    const struct row row = {.claims = "{'sub':'shared'}", .map = true};
    struct pjwt_report report = {0};
    char user[PJWT_USER_MAX] = "";

    assert_reason(whose(*state, &row, NULL, user, &report), OK);
    assert_string_equal(user, "alice");
}

static void
a_map_that_cannot_be_believed_is_no_map(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(json) json_t *claims = fixture_json("{'sub':'alice'}");
    char sub[] = "sub";
    char map[] = MAP;
    const struct pjwt_issuer issuer = {.user = sub, .user_map = map};
    const struct pjwt_config config = {.dir = s->dir};
    struct pjwt_report report = {0};
    char user[PJWT_USER_MAX] = "";

    assert_reason(pjwt_whose(&config, &issuer, claims, "alice", user, &report), MAP_UNREAD);
    scratch_write(s, MAP, "alice alice\n", 0666);
    assert_reason(pjwt_whose(&config, &issuer, claims, "alice", user, &report), MAP_UNSAFE);
    scratch_write(s, MAP, "alice alice\nalice\n", 0644);
    assert_reason(pjwt_whose(&config, &issuer, claims, "alice", user, &report), MAP_BAD);
    assert_string_equal(user, "");
    scratch_write(s, MAP, "alice alice\n", 0644);
    assert_reason(pjwt_whose(&config, &issuer, claims, "alice", user, &report), OK);
}

#define TEST(function) \
    cmocka_unit_test_setup_teardown(function, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_row_is_whose_it_should_be),
        TEST(explain_takes_the_first_of_several),
        TEST(a_map_that_cannot_be_believed_is_no_map),
    };

    return cmocka_run_group_tests_name("whose", tests, NULL, NULL);
}
