/* Is only the right local user let through? */
#include "lib/policy/user.h"

#include "tests/unit/support/scratch.h"

#include "lib/policy/list.h"

#include <stdio.h>
#include <string.h>

/* A user database of one, that counts how often it is asked. */
struct base {
    const char *name;
    uid_t uid;
    int asked;
};

static bool
find(void *context, const char *name, uid_t *uid)
{
    struct base *base = context;

    base->asked++;
    *uid = base->uid;
    return strcmp(base->name, name) == 0;
}

struct row {
    const char *title;
    const char *name;  /* what the credential says; NULL: alice */
    const char *asked; /* PAM_USER; NULL: alice */
    uid_t uid;         /* of the one that exists; 0: 1000 */
    bool root;         /* its uid is 0 */
    const char *known; /* the one that exists; NULL: alice */
    const char *listed;
    pjwt_verdict verdict;
    const char *why;
    int looked_up; /* how often the database was asked */
};

#define PASSES      .verdict = {PJWT_OK}, .why = "", .looked_up = 1
#define FAILS(name) .verdict = {PJWT_##name}

static const struct row rows[] = {
    {"the control", PASSES},
    {"uid 1000", .uid = 1000, PASSES},
    {"uid 65533", .uid = 65533, PASSES},
    {"uid 65535", .uid = 65535, PASSES},
    {"another user", .name = "bob", FAILS(USER_MISMATCH),
     .why = "the credential is for bob, the login for alice"},
    {"a longer name", .asked = "alice2", FAILS(USER_MISMATCH),
     .why = "the credential is for alice, the login for alice2"},
    {"another case", .name = "Alice", FAILS(USER_NAME), .why = "Alice is no local user name"},
    {"another case asked", .asked = "Alice", FAILS(USER_NAME),
     .why = "Alice is no local user name"},
    {"both bad alike", .name = "a b", .asked = "a b", FAILS(USER_NAME),
     .why = "a b is no local user name"},
    {"nothing asked", .asked = "", FAILS(USER_NAME), .why = " is no local user name"},
    {"a control character", .asked = "a\nb", FAILS(USER_NAME),
     .why = "a?b is no local user name"},
    {"unknown here", .known = "carol", FAILS(USER_UNKNOWN), .looked_up = 1,
     .why = "alice is unknown to this machine"},
    {"uid 999", .uid = 999, FAILS(USER_SYSTEM), .looked_up = 1,
     .why = "uid 999 of alice is a system user's and not in system_users"},
    {"uid 0", .root = true, FAILS(USER_SYSTEM), .looked_up = 1,
     .why = "uid 0 of alice is a system user's and not in system_users"},
    {"uid 65534", .uid = 65534, FAILS(USER_SYSTEM), .looked_up = 1,
     .why = "uid 65534 of alice is a system user's and not in system_users"},
    {"uid 999, listed", .uid = 999, .listed = "root, alice", PASSES},
    {"uid 0, listed", .root = true, .listed = "alice", PASSES},
    {"uid 65534, listed", .uid = 65534, .listed = "alice", PASSES},
    {"uid 999, another listed", .uid = 999, .listed = "alice2, bob", FAILS(USER_SYSTEM),
     .looked_up = 1, .why = "uid 999 of alice is a system user's and not in system_users"},
};

static const char *
or_alice(const char *name)
{
    return name == NULL ? "alice" : name;
}

static void
check_row(void **state)
{
    const struct row *row = *state;
    struct base base = {.name = or_alice(row->known), .uid = row->uid == 0 ? 1000 : row->uid};
    const struct pjwt_users users = {.find = find, .context = &base};
    struct pjwt_config config = {0};
    struct pjwt_report report = {0};
    const char *expected = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    base.uid = row->root ? 0 : base.uid;
    assert_true(pjwt_list_split(&config.system_users, row->listed == NULL ? "" : row->listed,
                                &expected));
    v = pjwt_user_check(&config, &users, or_alice(row->name), or_alice(row->asked), &report);
    pjwt_list_clear(&config.system_users);
    assert_string_equal(pjwt_code(v), pjwt_code(row->verdict));
    assert_string_equal(report.why.text, row->why);
    assert_int_equal(base.asked, row->looked_up);
}

static void
names_of_people_are_plain(void **state)
{
    static const char *const good[] = {"a",  "_",       "alice",
                                       "_x", "a-b.c_9", "abcdefghijklmnopqrstuvwxyz012345"};
    static const char *const bad[] = {"",       "A",    "9a",
                                      "-a",     ".a",   "a b",
                                      " a",     "a ",   "a/b",
                                      "a@b",    "a$",   "a:b",
                                      "a\nb",   "aB",   "\xc3\xa9",
                                      "a\xcc",  "..",   "a,b",
                                      "root\n", "a\\b", "abcdefghijklmnopqrstuvwxyz0123456"};

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        if (!pjwt_user_name_valid(good[i])) {
            fail_msg("'%s' is refused", good[i]);
        }
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (pjwt_user_name_valid(bad[i])) {
            fail_msg("'%s' is accepted", bad[i]);
        }
    }
}

#define ROWS (sizeof(rows) / sizeof(rows[0]))

int
main(void)
{
    struct CMUnitTest tests[1 + ROWS] = {cmocka_unit_test(names_of_people_are_plain)};

    for (size_t i = 0; i < ROWS; i++) {
        tests[1 + i] = (struct CMUnitTest){rows[i].title, check_row, NULL, NULL,
                                           (void *)(uintptr_t)&rows[i]};
    }
    return cmocka_run_group_tests_name("user", tests, NULL, NULL);
}
