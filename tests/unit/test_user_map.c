/* Does a user map say whose a value is, and is every mistake in it refused with its line? */
#include "lib/policy/user_map.h"

#include "tests/unit/support/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAP "corp.users"

static pjwt_verdict
load(struct scratch *s, const char *text, struct pjwt_user_map **map, struct pjwt_why *why)
{
    scratch_write(s, MAP, text, 0644);
    return pjwt_user_map_load(scratch_path(s, MAP), map, why);
}

/* All users of `value`, a comma behind each. */
static const char *
users_of(const struct pjwt_user_map *map, const char *value)
{
    static char all[256];
    const char *user = NULL;

    all[0] = '\0';
    for (size_t at = 0; (user = pjwt_user_map_next(map, value, &at)) != NULL;) {
        scratch_add_text(all, sizeof(all), user);
        scratch_add_text(all, sizeof(all), ",");
    }
    return all;
}

static void
a_value_has_its_users(void **state)
{
    PJWT_AUTO(user_map) struct pjwt_user_map *map = NULL;
    struct pjwt_why why = {""};

    assert_reason(load(*state,
                       "# who is who\n\nalice repo:org/web:ref:refs/heads/main\n"
                       "deploy\t  repo:org/web:ref:refs/heads/main\n"
                       " \t\nbob Bob Smith (ops)\nalice 248289761001\n#bob x\n_x \xc3\xa9",
                       &map, &why),
                  OK);
    assert_string_equal(users_of(map, "repo:org/web:ref:refs/heads/main"), "alice,deploy,");
    assert_string_equal(users_of(map, "Bob Smith (ops)"), "bob,");
    assert_string_equal(users_of(map, "248289761001"), "alice,");
    assert_string_equal(users_of(map, "\xc3\xa9"), "_x,");
    assert_string_equal(users_of(map, "x"), "");
    assert_string_equal(users_of(map, ""), "");
    assert_string_equal(users_of(map, "alice"), "");
    assert_string_equal(users_of(map, "bob smith (ops)"), "");
    assert_string_equal(users_of(map, "248289761001 "), "");
    assert_string_equal(users_of(map, "24828976100"), "");
}

static void
an_empty_map_has_nobody(void **state)
{
    PJWT_AUTO(user_map) struct pjwt_user_map *map = NULL;
    struct pjwt_why why = {""};

    assert_reason(load(*state, "", &map, &why), OK);
    assert_string_equal(users_of(map, ""), "");
    pjwt_drop_user_map(&map);
    assert_reason(load(*state, "\n#\n", &map, &why), OK);
    assert_string_equal(users_of(map, "#"), "");
}

#define A16   "aaaaaaaaaaaaaaaa"
#define A128  A16 A16 A16 A16 A16 A16 A16 A16
#define A512  A128 A128 A128 A128
#define A32   A16 A16
#define A112  A32 A32 A32 A16
#define A1023 A512 A128 A128 A128 A112 "aaaaaaaaaaaaaaa"

/* A text that is refused, the words behind the path, and the same with one thing right. */
static const struct row {
    const char *bad;
    const char *why;
    const char *good;
} rows[] = {
    {"alice\n", "1: no value behind the user: a line is USER VALUE", "alice x\n"},
    {"bob y\nalice \n", "2: no value behind the user: a line is USER VALUE", "bob y\nalice x"},
    {"alice x \n", "1: a blank at the end of the line", "alice x\n"},
    {"alice x\t", "1: a blank at the end of the line", "alice x"},
    {" alice x\n", "1: a line must start in the first column", "alice x\n"},
    {"alice \"x y\"\n", "1: write the value without quotes", "alice x y\n"},
    {"alice 'x'\n", "1: write the value without quotes", "alice 'x\n"},
    {"alice ''\n", "1: write the value without quotes", "alice '\n"},
    {"alice x # his\n", "1: a comment must be a line of its own", "# his\nalice x#his\n"},
    {"alice x\t#\n", "1: a comment must be a line of its own", "alice x\n"},
    {"alice #x\n", "1: a comment must be a line of its own", "alice x\n"},
    {"alice = x\n", "1: no = between user and value", "alice x\n"},
    {"alice: x\n", "1: alice: is no local user name: a line is USER VALUE", "alice x\n"},
    {"Alice x\n", "1: Alice is no local user name: a line is USER VALUE", "alice x\n"},
    {"a@corp alice\n", "1: a@corp is no local user name: a line is USER VALUE",
     "alice a@corp\n"},
    {"; x\n", "1: ; is no local user name: a line is USER VALUE", "# x\n"},
    {A32 "a x\n", "1: " A32 "a is no local user name: a line is USER VALUE", A32 " x\n"},
    {"\"alice\" x\n", "1: \"alice\" is no local user name: a line is USER VALUE", "alice x\n"},
    {"alice x\r\n", "1: a carriage return: save the file with Unix line ends", "alice x\n"},
    {"alice \x1bx\n", "1: a control character", "alice x\n"},
    {"alice x\x7f\n", "1: a control character", "alice x\n"},
    {"\xef\xbb\xbf"
     "alice x\n",
     "1: a byte order mark: save the file as UTF-8 without one", "alice x\n"},
    {"alice " A512 "a\n", "1: a value of more than 512 bytes", "alice " A512 "\n"},
    {"#" A1023 "a\n", "1: a line of more than 1024 bytes", "#" A1023 "\n"},
    {"alice x\nbob x\nalice x\n", "3: alice and this value stand twice, first in line 1",
     "alice x\nbob x\nalice y\n"},
    {"alice x\n#\nalice  x", "3: alice and this value stand twice, first in line 1",
     "alice x\n#\nalice  xx"},
    {"alice x\nalice x\nalice x\n", "2: alice and this value stand twice, first in line 1",
     "alice x\n"},
};

static void
mistakes_are_refused_with_their_line(void **state)
{
    struct scratch *s = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        PJWT_AUTO(user_map) struct pjwt_user_map *map = NULL;
        struct pjwt_why why = {""};
        char expected[PJWT_WHY_MAX];

        (void)snprintf(expected, sizeof(expected), "%s:%s", scratch_path(s, MAP), rows[i].why);
        assert_reason(load(s, rows[i].bad, &map, &why), MAP_BAD);
        assert_string_equal(why.text, expected);
        assert_null(map);
        assert_reason(load(s, rows[i].good, &map, &why), OK);
    }
}

static void
a_nul_hides_nothing(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(user_map) struct pjwt_user_map *map = NULL;
    struct pjwt_why why = {""};
    FILE *file = NULL;

    scratch_write(s, MAP, "", 0644);
    file = fopen(scratch_path(s, MAP), "we");
    assert_non_null(file);
    assert_int_equal(fwrite("alice x\0y\nbob y\n", 1, 16, file), 16);
    assert_int_equal(fclose(file), 0);
    assert_reason(pjwt_user_map_load(scratch_path(s, MAP), &map, &why), MAP_BAD);
    assert_non_null(strstr(why.text, ":1: a NUL byte"));
}

/* `lines` lines that map something, owned by the caller. */
#define LINE_ROOM 16 /* bytes of "u NUMBER", the line's end and a NUL */

static char *
many(size_t lines)
{
    char *text = calloc(lines, LINE_ROOM);
    char *at = text;

    assert_non_null(text);
    for (size_t i = 0; i < lines; i++) {
        at += snprintf(at, LINE_ROOM, "u %zu\n", i);
    }
    return text;
}

static void
lines_and_bytes_are_bounded(void **state)
{
    PJWT_AUTO(text) char *most = many(PJWT_USER_MAP_LINES);
    PJWT_AUTO(text) char *more = many(PJWT_USER_MAP_LINES + 1);
    PJWT_AUTO(text) char *large = malloc(PJWT_USER_MAP_BYTES + 2);
    PJWT_AUTO(user_map) struct pjwt_user_map *map = NULL;
    struct pjwt_why why = {""};

    assert_reason(load(*state, most, &map, &why), OK);
    assert_string_equal(users_of(map, "16383"), "u,");
    pjwt_drop_user_map(&map);
    assert_reason(load(*state, more, &map, &why), MAP_BAD);
    assert_non_null(strstr(why.text, ":16385: more than 16384 lines"));
    assert_non_null(large);
    memset(large, '\n', PJWT_USER_MAP_BYTES + 1);
    large[PJWT_USER_MAP_BYTES + 1] = '\0';
    assert_reason(load(*state, large, &map, &why), MAP_BAD);
    assert_non_null(strstr(why.text, ": the file is larger than 1 MiB"));
    large[PJWT_USER_MAP_BYTES] = '\0';
    assert_reason(load(*state, large, &map, &why), OK);
}

static void
a_file_that_others_may_write_is_refused(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(user_map) struct pjwt_user_map *map = NULL;
    struct pjwt_why why = {""};

    assert_reason(pjwt_user_map_load(scratch_path(s, MAP), &map, &why), MAP_UNREAD);
    assert_non_null(strstr(why.text, MAP));
    scratch_mkdir(s, MAP, 0755);
    assert_reason(pjwt_user_map_load(scratch_path(s, MAP), &map, &why), MAP_UNREAD);
    assert_int_equal(rmdir(scratch_path(s, MAP)), 0);
    scratch_write(s, MAP, "alice x\n", 0664);
    assert_reason(pjwt_user_map_load(scratch_path(s, MAP), &map, &why), MAP_UNSAFE);
    scratch_write(s, MAP, "alice x\n", 0646);
    assert_reason(pjwt_user_map_load(scratch_path(s, MAP), &map, &why), MAP_UNSAFE);
    assert_null(map);
    scratch_write(s, MAP, "alice x\n", 0644);
    assert_reason(pjwt_user_map_load(scratch_path(s, MAP), &map, &why), OK);
}

#define TEST(function) \
    cmocka_unit_test_setup_teardown(function, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_value_has_its_users),
        TEST(an_empty_map_has_nobody),
        TEST(mistakes_are_refused_with_their_line),
        TEST(a_nul_hides_nothing),
        TEST(lines_and_bytes_are_bounded),
        TEST(a_file_that_others_may_write_is_refused),
    };

    return cmocka_run_group_tests_name("user map", tests, NULL, NULL);
}
