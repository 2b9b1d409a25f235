/* Is a user blocked who should be, and what may be remembered about it? */
#include "tests/unit/support/scratch.h"

#include "lib/store/revocations.h"

#include <stdio.h>
#include <string.h>

#define NOW    1767225600
#define ISS    "https://idp.example.com"
#define LEEWAY 30

static struct pjwt_report report;

/* A token's grant, with every name that a revocation may compare. */
static struct pjwt_grant
token_grant(void)
{
    return (struct pjwt_grant){.user = "alice",
                               .service = "sshd",
                               .iss = ISS,
                               .sub = "s-1",
                               .jti = "j-1",
                               .kid = "k-1",
                               .iat = NOW,
                               .issued = NOW,
                               .expires = NOW + 3600,
                               .leeway = LEEWAY};
}

static struct pjwt_revocation
make(enum pjwt_revoke kind, const char *iss, const char *value, int64_t before)
{
    struct pjwt_revocation row = {
        .kind = kind, .before = before, .created = NOW + 7, .by = "root", .why = "lost"};

    assert_in_range(snprintf(row.iss, sizeof(row.iss), "%s", iss), 0, sizeof(row.iss) - 1);
    assert_in_range(snprintf(row.value, sizeof(row.value), "%s", value), 0,
                    sizeof(row.value) - 1);
    return row;
}

static void
revoke_now(struct scratch *s, enum pjwt_revoke kind, const char *iss, const char *value,
           int64_t before)
{
    struct pjwt_revocation row = make(kind, iss, value, before);

    assert_reason(pjwt_revocation_add(s->store, &row, NULL), OK);
}

static pjwt_verdict
check_at(struct scratch *s, const struct pjwt_grant *grant, int64_t now)
{
    report = (struct pjwt_report){0};
    return pjwt_revocation_check(s->store, grant, now, &report);
}

static pjwt_verdict
check(struct scratch *s, const struct pjwt_grant *grant)
{
    return check_at(s, grant, NOW + 10);
}

static pjwt_verdict
check_user(struct scratch *s, const char *user, int64_t now)
{
    report = (struct pjwt_report){0};
    return pjwt_revocation_check_user(s->store, user, now, &report);
}

static void
test_blocks(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant grant = token_grant();

    assert_reason(pjwt_block_add(s->store, "bob", NOW, 0, "root", "left"), OK);
    assert_reason(check(s, &grant), OK);
    assert_reason(pjwt_block_add(s->store, "alice", NOW, 0, "root", "left"), OK);
    assert_reason(check(s, &grant), USER_BLOCKED);
    assert_string_equal(report.why.text, "by root: left");
    assert_reason(check_at(s, &grant, INT64_MAX), USER_BLOCKED);
    assert_reason(check_user(s, "alice", NOW), USER_BLOCKED);
    assert_reason(pjwt_block_remove(s->store, "alice"), OK);
    assert_reason(check(s, &grant), OK);
    assert_reason(check_user(s, "alice", NOW), OK);
    assert_reason(check_user(s, "bob", NOW), USER_BLOCKED);
    assert_reason(pjwt_block_remove(s->store, "alice"), NOT_FOUND);
}

static void
test_block_until(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant grant = token_grant();

    assert_reason(pjwt_block_add(s->store, "alice", NOW, NOW + 60, "root", ""), OK);
    assert_reason(check_at(s, &grant, NOW + 59), USER_BLOCKED);
    assert_int_equal(report.at, NOW + 60);
    assert_string_equal(report.why.text, "by root");
    assert_reason(check_at(s, &grant, NOW + 60), OK);
    assert_reason(pjwt_block_add(s->store, "alice", NOW, 0, "root", ""), OK);
    assert_reason(check_at(s, &grant, NOW + 60), USER_BLOCKED); /* the second one counts */
}

static void
test_user_who_came_another_way(void **state)
{
    struct scratch *s = *state;

    assert_reason(check_user(s, "alice", NOW), OK);
    revoke_now(s, PJWT_REVOKE_USER, "", "alice", 1); /* when that login was made is unknown */
    assert_reason(check_user(s, "alice", NOW), USER_REVOKED);
    assert_int_equal(report.at, 1);
    assert_reason(check_user(s, "bob", NOW), OK);
    revoke_now(s, PJWT_REVOKE_SUBJECT, ISS, "bob", NOW); /* another vocabulary */
    assert_reason(check_user(s, "bob", NOW), OK);
}

/* Undated, it would refuse every other way in for ever. */
static void
test_user_who_came_another_way_later(void **state)
{
    struct scratch *s = *state;
    struct pjwt_revocation row = {.kind = PJWT_REVOKE_USER,
                                  .value = "alice",
                                  .before = NOW,
                                  .created = NOW,
                                  .by = "root"};

    row.expires = NOW + 60;
    assert_reason(pjwt_revocation_add(s->store, &row, NULL), OK);
    assert_reason(check_user(s, "alice", NOW + 59), USER_REVOKED);
    assert_reason(check_user(s, "alice", NOW + 60), OK);
}

/* What would not fit when it is read again is not written. */
static void
test_long_words(void **state)
{
    struct scratch *s = *state;
    char by[PJWT_USER_MAX + 17], why[PJWT_NOTE_MAX + 1], user[PJWT_USER_MAX + 1];

    memset(by, 'b', sizeof(by) - 1);
    memset(why, 'w', sizeof(why) - 1);
    memset(user, 'u', sizeof(user) - 1);
    by[sizeof(by) - 1] = why[sizeof(why) - 1] = user[sizeof(user) - 1] = '\0';
    assert_reason(pjwt_block_add(s->store, "alice", NOW, 0, by, "w"), INTERNAL);
    assert_reason(pjwt_block_add(s->store, "alice", NOW, 0, "b", why), INTERNAL);
    assert_reason(pjwt_block_add(s->store, user, NOW, 0, "b", "w"), INTERNAL);
    assert_reason(check_user(s, "alice", NOW), OK);
    assert_reason(pjwt_block_add(s->store, user + 1, NOW, 0, by + 1, why + 1), OK);
    assert_reason(check_user(s, user + 1, NOW), USER_BLOCKED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_blocks),
        CASE(test_block_until),
        CASE(test_user_who_came_another_way),
        CASE(test_user_who_came_another_way_later),
        CASE(test_long_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
