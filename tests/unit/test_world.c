/* Does the machine's own user database say who is in a group? */
#include "helper/world.h"

#include "tests/unit/support/scratch.h"

#include <grp.h>
#include <pwd.h>
#include <string.h>

static bool
exists(const char *name)
{
    return getpwnam(name) != NULL;
}

static void
the_primary_group_counts(void **state)
{
    const struct pjwt_users *users = pjwt_world_users();
    uid_t uid = 1;

    (void)state;
    assert_true(users->find(users->context, "root", &uid));
    assert_int_equal(uid, 0);
    assert_int_equal(users->member(users->context, "root", "root"), PJWT_MEMBER_YES);
    assert_int_equal(users->member(users->context, "daemon", "daemon"), PJWT_MEMBER_YES);
    assert_int_equal(users->member(users->context, "daemon", "root"), PJWT_MEMBER_NO);
}

static void
the_other_groups_count(void **state)
{
    const struct pjwt_users *users = pjwt_world_users();
    char group[256] = "";
    char name[256] = "";

    (void)state;
    setgrent();
    for (struct group *g = NULL; name[0] == '\0' && (g = getgrent()) != NULL;) {
        for (char **m = g->gr_mem; *m != NULL && name[0] == '\0'; m++) {
            if (exists(*m)) {
                scratch_set_text(group, sizeof(group), g->gr_name);
                scratch_set_text(name, sizeof(name), *m);
            }
        }
    }
    endgrent();
    if (name[0] == '\0') {
        skip(); /* no group of this machine has a member */
    }
    assert_int_equal(users->member(users->context, name, group), PJWT_MEMBER_YES);
}

static void
what_does_not_exist_holds_nobody(void **state)
{
    const struct pjwt_users *users = pjwt_world_users();

    (void)state;
    assert_int_equal(users->member(users->context, "root", "no-such-group-here"),
                     PJWT_MEMBER_NO_GROUP);
    assert_int_equal(users->member(users->context, "root", "Root"), PJWT_MEMBER_NO_GROUP);
    assert_int_equal(users->member(users->context, "root", ""), PJWT_MEMBER_NO_GROUP);
    assert_int_equal(users->member(users->context, "no-such-user-here", "root"),
                     PJWT_MEMBER_NO);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_primary_group_counts),
        cmocka_unit_test(the_other_groups_count),
        cmocka_unit_test(what_does_not_exist_holds_nobody),
    };

    return cmocka_run_group_tests_name("world", tests, NULL, NULL);
}
