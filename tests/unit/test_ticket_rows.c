/* Does a ticket's row hold what was put into it, and never the secret? */
#include "tests/unit/support/ticket_trial.h"

#include <fcntl.h>
#include <string.h>

#define EXPIRES (NOW + HOUR)

static struct pjwt_ticket
make_row(void)
{
    return (struct pjwt_ticket){.user = "alice",
                                .services = "sshd,sudo",
                                .created = NOW,
                                .expires = EXPIRES,
                                .note = "a note"};
}

static void
test_durable(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = ticket_trial_issue(s, &row);

    scratch_reopen(s);
    assert_reason(ticket_trial_check(s, text, NOW + 1), OK);
}

static void
assert_not_in_file(struct scratch *s, const char *name, const char *secret, size_t len)
{
    static char bytes[1 << 20];
    int fd = open(scratch_path(s, name), O_RDONLY | O_CLOEXEC);
    ssize_t got = read(fd, bytes, sizeof(bytes));

    assert_in_range(got, 1, sizeof(bytes) - 1);
    assert_null(memmem(bytes, (size_t)got, secret, len));
    assert_int_equal(close(fd), 0);
}

static void
test_secret_is_nowhere(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = ticket_trial_issue(s, &row);
    const char *secret = pjwt_secret_bytes(text) + 5 + PJWT_TICKET_ID_LEN + 1;

    assert_reason(ticket_trial_check(s, text, NOW + 1), OK);
    pjwt_drop_store(&s->store); /* the copy of fd that we close must not matter */
    assert_not_in_file(s, "state/sessions.db", secret, 20);
    assert_not_in_file(s, "state/sessions.db-wal", secret, 20);
    assert_null(memmem(&row, sizeof(row), secret, 20));
    assert_null(memmem(&ticket_trial_report, sizeof(ticket_trial_report), secret, 20));
}

/* What stands in the row and is not what we wrote: refused, never read another way. */
static void
test_damaged_rows(void **state)
{
    static const char *const bad[] = {
        "UPDATE tickets SET hash=substr(hash,1,31)",
        "UPDATE tickets SET hash=hash||x'00'",
        "UPDATE tickets SET hash=CAST(hash AS TEXT)",
        "UPDATE tickets SET user='abcdefghijklmnopqrstuvwxyzabcdefg'",
        "UPDATE tickets SET user=x'616c696365'",
        "UPDATE tickets SET services='sshd'||char(0)",
        "UPDATE tickets SET services=hex(zeroblob(513))",
        "UPDATE tickets SET expires='never'",
        "UPDATE tickets SET expires=1e300",
        "UPDATE tickets SET revoked_at=x'00'",
        "UPDATE tickets SET iat=0.5",
    };
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = ticket_trial_issue(s, &row);

    scratch_sql(s, "PRAGMA ignore_check_constraints=ON");
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_reason(ticket_trial_check(s, text, NOW + 1), OK);
        scratch_sql(s, "BEGIN");
        scratch_sql(s, bad[i]);
        assert_reason(ticket_trial_check(s, text, NOW + 1), STORE_DAMAGED);
        scratch_sql(s, "ROLLBACK");
    }
    scratch_sql(s, "UPDATE tickets SET user='abcdefghijklmnopqrstuvwxyzabcdef'"); /* 32 */
    assert_reason(ticket_trial_check(s, text, NOW + 1), OK);
}

static void
test_issue_refuses_an_empty_row(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket good = make_row();
    struct pjwt_ticket bad[4];
    struct pjwt_secret *text = NULL;

    for (size_t i = 0; i < 4; i++) {
        bad[i] = good;
    }
    bad[0].user[0] = '\0';
    bad[1].services[0] = '\0';
    bad[2].created = 0;
    bad[3].expires = 0;
    for (size_t i = 0; i < 4; i++) {
        assert_reason(pjwt_ticket_issue(s->store, &bad[i], &text), INTERNAL);
        assert_null(text);
        assert_string_equal(bad[i].id, "");
    }
    assert_reason(pjwt_ticket_issue(s->store, &good, &text), OK);
    pjwt_drop_secret(&text);
}

static void
fill(char *text, size_t size)
{
    memset(text, 'x', size - 1);
    text[size - 1] = '\0';
}

static void
test_longest_fields_survive(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    struct pjwt_ticket read = {0};
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    fill(row.user, sizeof(row.user));
    fill(row.services, sizeof(row.services));
    fill(row.note, sizeof(row.note));
    fill(row.iss, sizeof(row.iss));
    fill(row.sub, sizeof(row.sub));
    fill(row.jti, sizeof(row.jti));
    fill(row.kid, sizeof(row.kid));
    text = ticket_trial_issue(s, &row);
    assert_reason(pjwt_ticket_get(s->store, row.id, &read), OK);
    assert_string_equal(read.user, row.user);
    assert_string_equal(read.services, row.services);
    assert_string_equal(read.note, row.note);
    assert_string_equal(read.iss, row.iss);
    assert_string_equal(read.sub, row.sub);
    assert_string_equal(read.jti, row.jti);
    assert_string_equal(read.kid, row.kid);
}

/* Nobody is born revoked. */
static void
test_issue_starts_clean(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    row.revoked_at = NOW;
    scratch_set_text(row.revoked_by, sizeof(row.revoked_by), "somebody");
    text = ticket_trial_issue(s, &row);
    assert_int_equal(row.revoked_at, 0);
    assert_string_equal(row.revoked_by, "");
    assert_reason(ticket_trial_check(s, text, NOW + 1), OK);
}

static void
test_get(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    struct pjwt_ticket read = {.user = "untouched"};
    PJWT_AUTO(secret) struct pjwt_secret *text = ticket_trial_issue(s, &row);

    assert_non_null(text);
    assert_reason(pjwt_ticket_get(s->store, "000000000000", &read), NOT_FOUND);
    assert_reason(pjwt_ticket_get(s->store, "", &read), NOT_FOUND);
    assert_string_equal(read.user, "untouched");
    assert_reason(pjwt_ticket_get(s->store, row.id, &read), OK);
    assert_string_equal(read.note, "a note");
    assert_int_equal(read.expires, EXPIRES);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_durable),
        CASE(test_secret_is_nowhere),
        CASE(test_damaged_rows),
        CASE(test_issue_refuses_an_empty_row),
        CASE(test_longest_fields_survive),
        CASE(test_issue_starts_clean),
        CASE(test_get),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
