/* Does each revocation refuse its own, and nothing else? */
#include "tests/unit/support/scratch.h"

#include "lib/store/db.h"
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

/* One row each that refuses token_grant(), and the same row with one thing different. */
static const struct {
    enum pjwt_revoke kind;
    const char *iss, *value, *other_iss, *other_value;
    int64_t before;
    enum pjwt_reason reason;
} matrix[] = {
    {PJWT_REVOKE_JTI, ISS, "j-1", "https://idp.example.co", "j-2", 0, PJWT_JTI_REVOKED},
    {PJWT_REVOKE_USER, "", "alice", NULL, "bob", NOW, PJWT_USER_REVOKED},
    {PJWT_REVOKE_SUBJECT, ISS, "s-1", "https://IDP.example.com", "S-1", NOW,
     PJWT_SUBJECT_REVOKED},
    {PJWT_REVOKE_ISSUER, ISS, "", "https://idp.example.com/", NULL, NOW, PJWT_ISSUER_REVOKED},
    {PJWT_REVOKE_KEY, ISS, "k-1", "https://other.example.com", "k-", 0, PJWT_KEY_REVOKED},
};
#define KINDS (sizeof(matrix) / sizeof(matrix[0]))

static void
test_each_kind_refuses_its_own(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant grant = token_grant();

    for (size_t i = 0; i < KINDS; i++) {
        assert_reason(check(s, &grant), OK);
        if (matrix[i].other_iss != NULL) {
            revoke_now(s, matrix[i].kind, matrix[i].other_iss, matrix[i].value,
                       matrix[i].before);
            assert_reason(check(s, &grant), OK);
        }
        if (matrix[i].other_value != NULL) {
            revoke_now(s, matrix[i].kind, matrix[i].iss, matrix[i].other_value,
                       matrix[i].before);
            assert_reason(check(s, &grant), OK);
        }
        revoke_now(s, matrix[i].kind, matrix[i].iss, matrix[i].value, matrix[i].before);
        assert_int_equal(check(s, &grant).reason, matrix[i].reason);
        assert_string_equal(report.why.text, "by root: lost");
        assert_int_equal(report.at, matrix[i].before != 0 ? NOW : NOW + 7);
        scratch_sql(s, "DELETE FROM revocations");
    }
}

/* The same value under another kind's name means nothing. */
static void
test_no_kind_refuses_for_another(void **state)
{
    struct scratch *s = *state;
    static const char *const values[] = {"j-1", "alice", "s-1", "k-1"};

    for (size_t i = 0; i < KINDS; i++) {
        for (size_t j = 0; j < 4; j++) {
            struct pjwt_grant grant = token_grant();

            if (matrix[i].value[0] == '\0') {
                continue;
            }
            revoke_now(s, matrix[i].kind, matrix[i].iss, values[j], matrix[i].before);
            assert_int_equal(check(s, &grant).reason, strcmp(values[j], matrix[i].value) == 0
                                                          ? matrix[i].reason
                                                          : PJWT_OK);
            scratch_sql(s, "DELETE FROM revocations");
        }
    }
}

/* A token without a jti or kid is not met by a row of theirs, and its iss still counts. */
static void
test_absent_names_match_nothing(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant grant = token_grant();

    grant.jti[0] = '\0';
    grant.kid[0] = '\0';
    grant.sub[0] = '\0';
    revoke_now(s, PJWT_REVOKE_JTI, ISS, "j-1", 0);
    revoke_now(s, PJWT_REVOKE_KEY, ISS, "k-1", 0);
    revoke_now(s, PJWT_REVOKE_SUBJECT, ISS, "s-1", NOW);
    assert_reason(check(s, &grant), OK);
    revoke_now(s, PJWT_REVOKE_ISSUER, ISS, "", NOW);
    assert_reason(check(s, &grant), ISSUER_REVOKED);
}

/* "Issued until T" refuses iat <= T + leeway; a key and a jti whatever the iat. */
static void
test_dates(void **state)
{
    struct scratch *s = *state;

    for (size_t i = 0; i < KINDS; i++) {
        struct pjwt_grant grant = token_grant();
        bool dated = matrix[i].before != 0;

        revoke_now(s, matrix[i].kind, matrix[i].iss, matrix[i].value, matrix[i].before);
        grant.iat = grant.issued = NOW + LEEWAY;
        assert_int_equal(check(s, &grant).reason, matrix[i].reason);
        grant.iat = grant.issued = NOW + LEEWAY + 1;
        assert_int_equal(check(s, &grant).reason, dated ? PJWT_OK : matrix[i].reason);
        grant.leeway = LEEWAY + 1;
        assert_int_equal(check(s, &grant).reason, matrix[i].reason);
        grant.iat = grant.issued = 0; /* a token of unknown age is an old one */
        assert_int_equal(check(s, &grant).reason, matrix[i].reason);
        scratch_sql(s, "DELETE FROM revocations");
    }
}

/* Pruning will remove a row when nothing is left for it; until then it stands. */
static void
test_expired_row_still_refuses(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant grant = token_grant();
    struct pjwt_revocation row = make(PJWT_REVOKE_JTI, ISS, "j-1", 0);

    row.expires = NOW + 1;
    assert_reason(pjwt_revocation_add(s->store, &row, NULL), OK);
    assert_reason(check_at(s, &grant, NOW + 1000000), JTI_REVOKED);
}

static void
test_second_one_extends(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant grant = token_grant();

    revoke_now(s, PJWT_REVOKE_USER, "", "alice", NOW);
    revoke_now(s, PJWT_REVOKE_USER, "", "alice", NOW - 500); /* does not shorten */
    assert_reason(check(s, &grant), USER_REVOKED);
    grant.iat = NOW + LEEWAY + 1;
    assert_reason(check(s, &grant), OK);
    revoke_now(s, PJWT_REVOKE_USER, "", "alice", NOW + 1);
    assert_reason(check(s, &grant), USER_REVOKED);
    assert_int_equal(report.at, NOW + 1);
}

/* The later expiry stays, and 0 is later than any. */
static void
test_expiry_is_extended(void **state)
{
    static const int64_t steps[][2] = {{50, 50}, {40, 50}, {60, 60}, {0, 0}, {70, 0}};
    struct scratch *s = *state;
    struct pjwt_revocation row = make(PJWT_REVOKE_JTI, ISS, "j-1", 0);

    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        int64_t expires = -1;

        row.expires = steps[i][0];
        assert_reason(pjwt_revocation_add(s->store, &row, NULL), OK);
        assert_reason(pjwt_db_number(s->store, "SELECT expires FROM revocations", &expires),
                      OK);
        assert_int_equal(expires, steps[i][1]);
    }
}

static void
test_survives_reopening(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant grant = token_grant();

    revoke_now(s, PJWT_REVOKE_JTI, ISS, "j-1", 0);
    scratch_reopen(s);
    assert_reason(check(s, &grant), JTI_REVOKED);
}

static void
test_malformed_rows_are_not_written(void **state)
{
    struct scratch *s = *state;
    struct pjwt_store_counts counts = {0};
    struct pjwt_revocation bad[] = {
        make(PJWT_REVOKE_JTI, "", "j-1", 0),       make(PJWT_REVOKE_JTI, ISS, "", 0),
        make(PJWT_REVOKE_USER, ISS, "alice", NOW), make(PJWT_REVOKE_USER, "", "", NOW),
        make(PJWT_REVOKE_SUBJECT, "", "s", NOW),   make(PJWT_REVOKE_ISSUER, ISS, "x", NOW),
        make(PJWT_REVOKE_ISSUER, "", "", NOW),     make(PJWT_REVOKE_KEY, ISS, "", 0),
        make((enum pjwt_revoke)99, ISS, "x", 0),   make(PJWT_REVOKE_JTI, ISS, "j-1", 0),
    };

    bad[9].created = 0;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_reason(pjwt_revocation_add(s->store, &bad[i], NULL), INTERNAL);
    }
    assert_reason(pjwt_store_count(s->store, &counts), OK);
    assert_int_equal(counts.revocations, 0);
    bad[9].created = NOW;
    assert_reason(pjwt_revocation_add(s->store, &bad[9], NULL), OK);
}

static void
test_damaged_row_refuses(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant grant = token_grant();

    revoke_now(s, PJWT_REVOKE_USER, "", "alice", NOW - 1000); /* by itself it refuses nothing */
    assert_reason(check(s, &grant), OK);
    scratch_sql(s, "PRAGMA ignore_check_constraints=ON; UPDATE revocations SET before='x'");
    assert_reason(check(s, &grant), STORE_DAMAGED);
    scratch_sql(s, "UPDATE revocations SET before=1; DROP TABLE blocks");
    assert_reason(check(s, &grant), STORE_DAMAGED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_each_kind_refuses_its_own),
        CASE(test_no_kind_refuses_for_another),
        CASE(test_absent_names_match_nothing),
        CASE(test_dates),
        CASE(test_expired_row_still_refuses),
        CASE(test_second_one_extends),
        CASE(test_expiry_is_extended),
        CASE(test_survives_reopening),
        CASE(test_malformed_rows_are_not_written),
        CASE(test_damaged_row_refuses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
