/* Is each open login remembered with what it rests on, and taken out by its own process alone?
 */
#include "tests/unit/support/scratch.h"

#include "lib/store/logins.h"
#include "lib/store/revocations.h"

#include <string.h>

#define NOW 1767225600
#define ISS "https://idp.example.com"

static const struct pjwt_asker asker = {.pid = 100, .parent = 1, .started = 7};

static struct pjwt_login_row
make(const char *user, bool ours)
{
    struct pjwt_login_row row = {.ours = ours,
                                 .tty = "ssh",
                                 .rhost = "192.0.2.7",
                                 .pid = 100,
                                 .started = 7,
                                 .boot = "b",
                                 .opened = NOW,
                                 .grant = {.service = "sshd"}};

    scratch_set_text(row.user, sizeof(row.user), user);
    scratch_set_text(row.target, sizeof(row.target), user);
    if (ours) {
        scratch_set_text(row.grant.user, sizeof(row.grant.user), user);
        scratch_set_text(row.grant.iss, sizeof(row.grant.iss), ISS);
        scratch_set_text(row.grant.jti, sizeof(row.grant.jti), "j-1");
        row.grant.iat = row.grant.issued = NOW - 60;
        row.grant.expires = NOW + 600;
        row.grant.leeway = 30;
    }
    return row;
}

static bool
keep_last(void *context, const struct pjwt_login_row *row)
{
    *(struct pjwt_login_row *)context = *row;
    return true;
}

static size_t count;

static bool
count_one(void *context, const struct pjwt_login_row *row)
{
    (void)context;
    (void)row;
    count++;
    return true;
}

static size_t
rows(struct scratch *s)
{
    count = 0;
    assert_reason(pjwt_login_list(s->store, count_one, NULL), OK);
    return count;
}

static void
test_a_row_comes_back_whole(void **state)
{
    struct scratch *s = *state;
    struct pjwt_login_row row = make("alice", true);
    struct pjwt_login_row read = {0};

    assert_reason(pjwt_login_add(s->store, &row), OK);
    assert_int_equal(strlen(row.id), PJWT_LOGIN_ID_LEN);
    scratch_reopen(s);
    assert_reason(pjwt_login_list(s->store, keep_last, &read), OK);
    assert_memory_equal(&read, &row, sizeof(row));
}

static bool
keep_first(void *context, const struct pjwt_login_row *row)
{
    (void)keep_last(context, row);
    return false;
}

/* The oldest first, and no further than is asked. */
static void
test_listed_by_age(void **state)
{
    struct scratch *s = *state;
    struct pjwt_login_row late = make("bob", true);
    struct pjwt_login_row early = make("alice", true);
    struct pjwt_login_row read = {0};

    late.opened = NOW + 1;
    assert_reason(pjwt_login_add(s->store, &late), OK);
    assert_reason(pjwt_login_add(s->store, &early), OK);
    scratch_sql(
        s, "UPDATE logins SET id=CASE user WHEN 'bob' THEN 'aaaaaaaaaaa' ELSE 'bbbbbbbbbbb'"
           " END");
    assert_reason(pjwt_login_list(s->store, keep_first, &read), OK);
    assert_string_equal(read.user, "alice");
    assert_reason(pjwt_login_list(s->store, keep_last, &read), OK);
    assert_string_equal(read.user, "bob");
}

static void
test_removed_by_its_process_alone(void **state)
{
    struct scratch *s = *state;
    struct pjwt_login_row row = make("alice", true);
    struct pjwt_asker other = asker;
    bool had = true;

    assert_reason(pjwt_login_add(s->store, &row), OK);
    other.pid = 101;
    assert_reason(pjwt_login_remove(s->store, row.id, &other, NOW, &had), NOT_FOUND);
    other = asker;
    other.started = 8; /* the pid was used again */
    assert_reason(pjwt_login_remove(s->store, row.id, &other, NOW, &had), NOT_FOUND);
    assert_reason(pjwt_login_remove(s->store, "abcdefghijk", &asker, NOW, &had), NOT_FOUND);
    assert_int_equal(rows(s), 1);
    assert_reason(pjwt_login_remove(s->store, row.id, &asker, NOW, &had), OK);
    assert_int_equal(rows(s), 0);
    assert_reason(pjwt_login_remove(s->store, row.id, &asker, NOW, &had), NOT_FOUND);
}

static pjwt_verdict
stands(struct scratch *s, const struct pjwt_login_row *row)
{
    struct pjwt_report report = {0};

    return pjwt_login_stands(s->store, row, NOW, &report);
}

static void
test_ours_stands_by_its_grant(void **state)
{
    struct scratch *s = *state;
    struct pjwt_login_row row = make("alice", true);
    struct pjwt_revocation other = {
        .kind = PJWT_REVOKE_JTI, .iss = ISS, .value = "j-2", .created = NOW, .by = "root"};
    struct pjwt_revocation its = {
        .kind = PJWT_REVOKE_JTI, .iss = ISS, .value = "j-1", .created = NOW, .by = "root"};

    assert_reason(pjwt_revocation_add(s->store, &other, NULL), OK);
    assert_reason(stands(s, &row), OK);
    assert_reason(pjwt_revocation_add(s->store, &its, NULL), OK);
    assert_reason(stands(s, &row), JTI_REVOKED);
}

/* sudo by a timestamp: neither who called nor who it became may be blocked. */
static void
test_not_ours_stands_by_both_users(void **state)
{
    struct scratch *s = *state;
    struct pjwt_login_row row = make("alice", false);

    scratch_set_text(row.target, sizeof(row.target), "bob");
    assert_reason(pjwt_block_add(s->store, "carol", NOW, 0, "root", ""), OK);
    assert_reason(stands(s, &row), OK);
    assert_reason(pjwt_block_add(s->store, "bob", NOW, 0, "root", ""), OK);
    assert_reason(stands(s, &row), USER_BLOCKED);
    assert_reason(pjwt_block_remove(s->store, "bob"), OK);
    assert_reason(pjwt_block_add(s->store, "alice", NOW, 0, "root", ""), OK);
    assert_reason(stands(s, &row), USER_BLOCKED);
}

static void
test_a_user_that_no_grant_can_have(void **state)
{
    struct scratch *s = *state;
    struct pjwt_login_row row = make("a-name-that-is-longer-than-any-local-user-name", false);
    struct pjwt_login_row read = {0};

    assert_reason(pjwt_login_add(s->store, &row), OK);
    assert_reason(pjwt_login_list(s->store, keep_last, &read), OK);
    assert_string_equal(read.user, row.user);
    scratch_sql(s, "UPDATE logins SET ours=1");
    assert_reason(pjwt_login_list(s->store, keep_last, &read), STORE_DAMAGED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_row_comes_back_whole),        CASE(test_listed_by_age),
        CASE(test_removed_by_its_process_alone),  CASE(test_ours_stands_by_its_grant),
        CASE(test_not_ours_stands_by_both_users), CASE(test_a_user_that_no_grant_can_have),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
