/* Does a listing of tickets hold those that were asked for, the oldest first? */
#include "tests/unit/support/ticket_trial.h"

#define EXPIRES (NOW + HOUR)

struct listing {
    char users[256];
    int stop_after;
};

static bool
collect(void *context, const struct pjwt_ticket *row)
{
    struct listing *listing = context;

    scratch_add_text(listing->users, sizeof(listing->users), row->user);
    scratch_add_text(listing->users, sizeof(listing->users), " ");
    return --listing->stop_after != 0;
}

static void
issue_for(struct scratch *s, const char *user, int64_t created)
{
    struct pjwt_ticket row = {.services = "sshd,sudo", .created = created, .expires = EXPIRES};
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    scratch_set_text(row.user, sizeof(row.user), user);
    text = ticket_trial_issue(s, &row);
    assert_non_null(text);
}

static void
test_list(void **state)
{
    struct scratch *s = *state;
    struct listing all = {"", -1};
    struct listing bobs = {"", -1};
    struct listing two = {"", 2};
    struct listing none = {"", -1};

    assert_reason(pjwt_ticket_list(s->store, NULL, collect, &none), OK);
    assert_string_equal(none.users, "");
    issue_for(s, "carol", NOW + 2);
    issue_for(s, "bob", NOW + 3);
    issue_for(s, "alice", NOW + 1);
    issue_for(s, "bob", NOW);
    assert_reason(pjwt_ticket_list(s->store, NULL, collect, &all), OK);
    assert_string_equal(all.users, "bob alice carol bob ");
    assert_reason(
        pjwt_ticket_list(s->store, &(struct pjwt_ticket_filter){.user = "bob"}, collect, &bobs),
        OK);
    assert_string_equal(bobs.users, "bob bob ");
    assert_reason(pjwt_ticket_list(s->store, NULL, collect, &two), OK);
    assert_string_equal(two.users, "bob alice ");
    assert_reason(pjwt_ticket_list(s->store, &(struct pjwt_ticket_filter){.user = "dave"},
                                   collect, &none),
                  OK);
    assert_string_equal(none.users, "");
}

static void
users_of(struct scratch *s, struct pjwt_ticket_filter filter, const char *users)
{
    struct listing found = {"", -1};

    filter.now = NOW + 10;
    assert_reason(pjwt_ticket_list(s->store, &filter, collect, &found), OK);
    assert_string_equal(found.users, users);
}

static void
test_list_filters(void **state)
{
    struct scratch *s = *state;

    issue_for(s, "alice", NOW);
    issue_for(s, "bob", NOW + 1);
    issue_for(s, "carol", NOW + 2);
    scratch_sql(s, "UPDATE tickets SET services='sudo',iss='https://corp' WHERE user='bob';"
                   "UPDATE tickets SET expires=1767225700,last_used=1767225605"
                   " WHERE user='carol'");
    users_of(s, (struct pjwt_ticket_filter){0}, "alice bob carol ");
    users_of(s, (struct pjwt_ticket_filter){.service = "sudo"}, "alice bob carol ");
    users_of(s, (struct pjwt_ticket_filter){.service = "sshd"}, "alice carol ");
    users_of(s, (struct pjwt_ticket_filter){.service = "ssh"}, "");
    users_of(s, (struct pjwt_ticket_filter){.iss = "https://corp"}, "bob ");
    users_of(s, (struct pjwt_ticket_filter){.iss = "https://corp", .service = "sshd"}, "");
    users_of(s, (struct pjwt_ticket_filter){.expiring_by = NOW + 100}, "carol ");
    users_of(s, (struct pjwt_ticket_filter){.expiring_by = NOW + 99}, "");
    users_of(s, (struct pjwt_ticket_filter){.expiring_by = EXPIRES}, "alice bob carol ");
    users_of(s, (struct pjwt_ticket_filter){.unused_since = NOW + 4}, "alice bob ");
    users_of(s, (struct pjwt_ticket_filter){.unused_since = NOW + 5}, "alice bob carol ");
    users_of(s, (struct pjwt_ticket_filter){.unused_since = NOW, .user = "bob"}, "");
    scratch_sql(s, "UPDATE tickets SET spent_at=1 WHERE user='alice';"
                   "UPDATE tickets SET revoked_at=1 WHERE user='bob';"
                   "UPDATE tickets SET expires=1767225610 WHERE user='carol'");
    users_of(s, (struct pjwt_ticket_filter){.expiring_by = EXPIRES}, "");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_list),
        CASE(test_list_filters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
