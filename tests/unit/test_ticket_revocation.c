/* Does a revocation end the tickets that it should, and let the next one live? */
#include "tests/unit/support/scratch.h"

#include "lib/store/revocations.h"

#include <string.h>

#define NOW 1767225600
#define ISS "https://idp.example.com"

static struct pjwt_report report;

/* A ticket, and the grant of a login with it. */
struct held {
    struct pjwt_secret *text;
    struct pjwt_grant grant;
};

static void
drop_held(struct held *held)
{
    pjwt_drop_secret(&held->text);
}

#define HELD __attribute__((cleanup(drop_held))) struct held

static pjwt_verdict
log_in(struct scratch *s, struct held *held)
{
    report = (struct pjwt_report){0};
    PJWT_TRY(pjwt_ticket_check(s->store, held->text, "sshd", "", NOW, &held->grant, &report));
    return pjwt_revocation_check(s->store, &held->grant, NOW, &report);
}

/* The account check, with the grant of a login that was good. */
static pjwt_verdict
check(struct scratch *s, const struct held *held)
{
    report = (struct pjwt_report){0};
    return pjwt_revocation_check(s->store, &held->grant, NOW, &report);
}

static struct held
issue(struct scratch *s, const struct pjwt_ticket *row)
{
    struct pjwt_ticket copy = *row;
    struct held held = {0};

    assert_reason(pjwt_ticket_issue(s->store, &copy, &held.text), OK);
    assert_reason(log_in(s, &held), OK);
    assert_string_equal(held.grant.ticket, copy.id);
    return held;
}

static const struct pjwt_ticket admins = {
    .user = "alice", .services = "sshd", .created = NOW, .expires = NOW + 3600};

/* Exchanged for a token that is a minute older. */
static const struct pjwt_ticket exchanged = {.user = "alice",
                                             .services = "sshd",
                                             .created = NOW,
                                             .expires = NOW + 3600,
                                             .iss = ISS,
                                             .sub = "s-1",
                                             .jti = "j-1",
                                             .kid = "k-1",
                                             .iat = NOW - 60};

static long
revoke_user(struct scratch *s, const char *user, int64_t before)
{
    struct pjwt_revocation row = {.kind = PJWT_REVOKE_USER,
                                  .before = before,
                                  .created = NOW,
                                  .by = "root",
                                  .why = "lost"};
    long count = -1;

    memcpy(row.value, user, strlen(user) + 1);
    assert_reason(pjwt_revocation_add(s->store, &row, &count), OK);
    return count;
}

static void
test_one_ticket(void **state)
{
    struct scratch *s = *state;
    HELD one = issue(s, &admins);
    HELD other = issue(s, &admins);

    assert_reason(pjwt_revocation_ticket(s->store, one.grant.ticket, NOW + 1, "root", "lost"),
                  OK);
    assert_reason(check(s, &one), TICKET_REVOKED);
    assert_int_equal(report.at, NOW + 1);
    assert_string_equal(report.why.text, "by root: lost");
    assert_reason(log_in(s, &one), TICKET_REVOKED);
    assert_reason(check(s, &other), OK);
    scratch_reopen(s);
    assert_reason(check(s, &one), TICKET_REVOKED);
}

static void
test_again_changes_nothing(void **state)
{
    struct scratch *s = *state;
    HELD one = issue(s, &admins);
    struct pjwt_ticket row;

    assert_reason(pjwt_revocation_ticket(s->store, one.grant.ticket, NOW + 1, "root", "lost"),
                  OK);
    assert_reason(pjwt_revocation_ticket(s->store, one.grant.ticket, NOW + 9, "eve", "no"), OK);
    assert_reason(pjwt_ticket_get(s->store, one.grant.ticket, &row), OK);
    assert_int_equal(row.revoked_at, NOW + 1);
    assert_string_equal(row.revoked_by, "root");
    assert_string_equal(row.revoked_why, "lost");
}

static void
test_unknown_ticket(void **state)
{
    struct scratch *s = *state;
    HELD one = issue(s, &admins);

    assert_reason(pjwt_revocation_ticket(s->store, "000000000000", NOW, "root", ""), NOT_FOUND);
    assert_reason(pjwt_revocation_ticket(s->store, one.grant.ticket, 0, "root", ""), INTERNAL);
    assert_reason(check(s, &one), OK);
}

static void
test_row_is_gone(void **state)
{
    struct scratch *s = *state;
    HELD one = issue(s, &admins);

    scratch_sql(s, "DELETE FROM tickets");
    assert_reason(check(s, &one), TICKET_UNKNOWN);
}

static void
test_user_ends_all_of_hers(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket bobs = admins;
    struct pjwt_ticket earlier = admins;
    HELD one = issue(s, &admins);
    HELD two = {0};
    HELD bob = {0};

    bobs.user[0] = 'b';
    earlier.created = NOW - 5;
    two = issue(s, &earlier);
    bob = issue(s, &bobs);
    assert_int_equal(revoke_user(s, "alice", NOW), 2);
    assert_reason(check(s, &one), TICKET_REVOKED);
    assert_reason(check(s, &two), TICKET_REVOKED);
    assert_reason(check(s, &bob), OK);
    assert_int_equal(revoke_user(s, "alice", NOW), 0); /* they are marked already */
}

/* A ticket issued after the revocation, in the same second, is good; the mark in the row tells
 * it from the one before. */
static void
test_same_second(void **state)
{
    struct scratch *s = *state;
    HELD before = issue(s, &admins);
    HELD after = {0};

    assert_int_equal(revoke_user(s, "alice", NOW), 1);
    after = issue(s, &admins); /* issue() logs in with it */
    assert_reason(check(s, &after), OK);
    assert_reason(check(s, &before), TICKET_REVOKED);
}

/* A restored or hand-made row without its mark: the user's revocation refuses it all the same.
 */
static void
test_strictly_older_without_a_mark(void **state)
{
    struct scratch *s = *state;
    HELD one = issue(s, &admins);

    (void)revoke_user(s, "alice", NOW + 1);
    scratch_sql(s, "UPDATE tickets SET revoked_at=0");
    assert_reason(check(s, &one), USER_REVOKED);
    scratch_sql(s, "UPDATE revocations SET before=before-1");
    assert_reason(check(s, &one), OK);
}

/* Until T, and not later: what was created after it stays. */
static void
test_only_until_then(void **state)
{
    struct scratch *s = *state;
    HELD one = issue(s, &admins);

    assert_int_equal(revoke_user(s, "alice", NOW - 1), 0);
    assert_reason(check(s, &one), OK);
}

/* Revoking an origin ends what grew from it; a ticket that an admin issued has none. */
static void
test_origin(void **state)
{
    static const struct {
        struct pjwt_revocation row;
        enum pjwt_reason reason;
    } cases[] = {
        {{.kind = PJWT_REVOKE_JTI, .iss = ISS, .value = "j-1"}, PJWT_JTI_REVOKED},
        {{.kind = PJWT_REVOKE_SUBJECT, .iss = ISS, .value = "s-1", .before = NOW - 60},
         PJWT_SUBJECT_REVOKED},
        {{.kind = PJWT_REVOKE_ISSUER, .iss = ISS, .before = NOW - 60}, PJWT_ISSUER_REVOKED},
        {{.kind = PJWT_REVOKE_KEY, .iss = ISS, .value = "k-1"}, PJWT_KEY_REVOKED},
        {{.kind = PJWT_REVOKE_USER, .value = "alice", .before = NOW - 60}, PJWT_USER_REVOKED},
    };
    struct scratch *s = *state;
    HELD grown = issue(s, &exchanged);
    HELD granted = issue(s, &admins);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pjwt_revocation row = cases[i].row;

        row.created = NOW;
        assert_reason(check(s, &grown), OK);
        assert_reason(pjwt_revocation_add(s->store, &row, NULL), OK);
        assert_reason(check(s, &grown), TICKET_REVOKED);
        assert_reason(log_in(s, &grown), TICKET_REVOKED);
        /* And without the mark in its own row: */
        scratch_sql(s, "UPDATE tickets SET revoked_at=0, revoked_by='', revoked_why=''");
        assert_int_equal(check(s, &grown).reason, cases[i].reason);
        assert_int_equal(log_in(s, &grown).reason, cases[i].reason);
        assert_reason(check(s, &granted), OK);
        scratch_sql(s, "DELETE FROM revocations");
    }
}

/* Each dated kind, one second short of the token that the ticket grew from. */
static void
test_origin_is_younger(void **state)
{
    static const struct pjwt_revocation rows[] = {
        {.kind = PJWT_REVOKE_SUBJECT, .iss = ISS, .value = "s-1", .before = NOW - 61},
        {.kind = PJWT_REVOKE_ISSUER, .iss = ISS, .before = NOW - 61},
        {.kind = PJWT_REVOKE_USER, .value = "alice", .before = NOW - 61}};
    struct scratch *s = *state;
    HELD grown = issue(s, &exchanged);

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct pjwt_revocation row = rows[i];

        row.created = NOW;
        assert_reason(pjwt_revocation_add(s->store, &row, NULL), OK);
        assert_reason(check(s, &grown), OK);
    }
}

/* The user's row and the tickets' marks are one transaction. */
static void
test_all_or_nothing(void **state)
{
    struct scratch *s = *state;
    struct pjwt_store_counts counts = {0};
    HELD one = issue(s, &admins);
    struct pjwt_revocation row = {
        .kind = PJWT_REVOKE_USER, .value = "alice", .before = NOW, .created = NOW};
    long count = -1;

    scratch_sql(s, "ALTER TABLE tickets RENAME COLUMN revoked_why TO hidden");
    assert_reason(pjwt_revocation_add(s->store, &row, &count), STORE_DAMAGED);
    scratch_sql(s, "ALTER TABLE tickets RENAME COLUMN hidden TO revoked_why");
    assert_int_equal(count, -1);
    assert_reason(pjwt_store_count(s->store, &counts), OK);
    assert_int_equal(counts.revocations, 0);
    assert_reason(check(s, &one), OK);
    assert_reason(pjwt_revocation_add(s->store, &row, &count), OK);
    assert_int_equal(count, 1);
    assert_reason(check(s, &one), TICKET_REVOKED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_one_ticket),
        CASE(test_again_changes_nothing),
        CASE(test_unknown_ticket),
        CASE(test_row_is_gone),
        CASE(test_user_ends_all_of_hers),
        CASE(test_same_second),
        CASE(test_strictly_older_without_a_mark),
        CASE(test_only_until_then),
        CASE(test_origin),
        CASE(test_origin_is_younger),
        CASE(test_all_or_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
