/* Does a ticket go idle, and is it renewed, exactly as its row says? */
#include "tests/unit/support/scratch.h"

#include "lib/store/change.h"
#include "lib/store/replay.h"
#include "lib/store/revocations.h"
#include "lib/store/ticket_use.h"
#include "lib/store/tickets.h"

#include <string.h>

#define NOW  1767225600
#define HOUR 3600

static struct pjwt_report report;
static struct pjwt_grant grant;

static struct pjwt_ticket
make_row(void)
{
    return (struct pjwt_ticket){.user = "alice",
                                .services = "sshd",
                                .created = NOW,
                                .expires = NOW + 8 * HOUR,
                                .idle = HOUR,
                                .renewable_until = NOW + 24 * HOUR};
}

static struct pjwt_secret *
issue(struct scratch *s, struct pjwt_ticket *row)
{
    struct pjwt_secret *text = NULL;

    assert_reason(pjwt_ticket_issue(s->store, row, &text), OK);
    return text;
}

static pjwt_verdict
check_from(struct scratch *s, const struct pjwt_secret *text, const char *rhost, int64_t now)
{
    report = (struct pjwt_report){0};
    return pjwt_ticket_check(s->store, text, "sshd", rhost, now, &grant, &report);
}

static pjwt_verdict
check(struct scratch *s, const struct pjwt_secret *text, int64_t now)
{
    return check_from(s, text, "", now);
}

static struct pjwt_ticket
row_of(struct scratch *s, const char *id)
{
    struct pjwt_ticket row = {0};

    assert_reason(pjwt_ticket_get(s->store, id, &row), OK);
    return row;
}

/* What a login's transaction does for the mark. */
static void
use(struct scratch *s, const char *id, int64_t now)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    struct pjwt_grant used = {0};

    scratch_set_text(used.ticket, sizeof(used.ticket), id);
    assert_reason(pjwt_change_begin(&change, s->store), OK);
    pjwt_ticket_use(s->store, &used, now);
    assert_reason(pjwt_change_commit(&change), OK);
}

static void
test_idle(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    struct pjwt_ticket patient = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &row);
    PJWT_AUTO(secret) struct pjwt_secret *other = NULL;

    patient.idle = 0;
    other = issue(s, &patient);
    assert_reason(check(s, text, NOW + HOUR - 1), OK);
    assert_reason(check(s, text, NOW + HOUR), TICKET_IDLE);
    assert_true(report.authentic);
    assert_true(report.at == NOW + HOUR);
    assert_string_equal(report.why.text, "last used 1767225600, idle = 3600s");
    assert_reason(check(s, other, NOW + 8 * HOUR - 1), OK);
    use(s, row.id, NOW + 1800);
    assert_reason(check(s, text, NOW + 1800 + HOUR - 1), OK);
    assert_reason(check(s, text, NOW + 1800 + HOUR), TICKET_IDLE);
    assert_reason(check(s, text, NOW - 120), OK); /* a clock set back is not idle time */
}

/* The first at once; then no sooner than a minute after the last, or a quarter of the idle
 * time. */
static void
test_step(void **state)
{
    static const struct {
        int64_t idle, step;
    } cases[] = {{0, 60}, {HOUR, 60}, {240, 60}, {239, 59}, {100, 25}, {4, 1}};
    struct scratch *s = *state;

    for (size_t i = 0; i < PJWT_COUNT(cases); i++) {
        struct pjwt_ticket row = make_row();
        PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

        row.idle = cases[i].idle;
        text = issue(s, &row);
        assert_true(row_of(s, row.id).last_used == 0);
        use(s, row.id, NOW);
        assert_true(row_of(s, row.id).last_used == NOW);
        use(s, row.id, NOW + cases[i].step - 1);
        assert_true(row_of(s, row.id).last_used == NOW);
        use(s, row.id, NOW + cases[i].step);
        assert_true(row_of(s, row.id).last_used == NOW + cases[i].step);
        use(s, row.id, NOW + 2 * cases[i].step - 1);
        assert_true(row_of(s, row.id).last_used == NOW + cases[i].step);
        use(s, row.id, NOW); /* a clock set back takes nothing away */
        assert_true(row_of(s, row.id).last_used == NOW + cases[i].step);
    }
}

/* A mark that cannot be written takes nothing else with it. */
static void
test_mark_refuses_nobody(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket first = make_row();
    struct pjwt_ticket second = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *one = issue(s, &first);
    PJWT_AUTO(secret) struct pjwt_secret *two = issue(s, &second);

    assert_non_null(one);
    assert_non_null(two);
    scratch_sql(s, "CREATE UNIQUE INDEX u ON tickets (last_used) WHERE last_used>0");
    use(s, first.id, NOW + 600);
    use(s, second.id, NOW + 600); /* a conflict, and the change is committed */
    assert_true(row_of(s, first.id).last_used == NOW + 600);
    assert_true(row_of(s, second.id).last_used == 0);
    scratch_sql(s, "DROP INDEX u");
    use(s, second.id, NOW + 600);
    assert_true(row_of(s, second.id).last_used == NOW + 600);
    use(s, "000000000000", NOW + 700); /* none is no error */
}

static void
test_from(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    struct pjwt_ticket six = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *other = NULL;

    scratch_set_text(row.from, sizeof(row.from), "192.0.2.0/24");
    scratch_set_text(six.from, sizeof(six.from), "2001:db8::/32");
    text = issue(s, &row);
    other = issue(s, &six);
    assert_reason(check_from(s, text, "192.0.2.9", NOW), OK);
    assert_reason(check_from(s, text, "::ffff:192.0.2.9", NOW), OK);
    assert_reason(check_from(s, text, "192.0.3.9", NOW), TICKET_FROM);
    assert_true(report.authentic);
    assert_string_equal(report.why.text, "from 192.0.3.9; the ticket is for 192.0.2.0/24");
    assert_reason(check_from(s, text, "web1.example.com", NOW), TICKET_FROM);
    assert_reason(check_from(s, text, "", NOW), TICKET_FROM);
    assert_string_equal(report.why.text, "from no remote host; the ticket is for 192.0.2.0/24");
    assert_reason(check_from(s, other, "2001:db8::9", NOW), OK);
    assert_reason(check_from(s, other, "192.0.2.9", NOW), TICKET_FROM);
    scratch_sql(s, "UPDATE tickets SET from_net='192.0.2.1/24'");
    assert_reason(check_from(s, text, "192.0.2.9", NOW), STORE_DAMAGED);
    scratch_sql(s, "UPDATE tickets SET from_net=NULL"); /* as in a row of an older version */
    assert_reason(check_from(s, text, "", NOW), OK);
}

static pjwt_verdict
renew(struct scratch *s, const struct pjwt_secret *text, int64_t now, struct pjwt_ticket *row,
      struct pjwt_secret **fresh)
{
    struct pjwt_secret *made = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    report = (struct pjwt_report){0};
    v = pjwt_ticket_renew(s->store, text, now, row, &made, &report);
    assert_int_equal(made != NULL, pjwt_ok(v));
    pjwt_drop_secret(fresh);
    *fresh = made;
    return v;
}

static void
test_renew(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    struct pjwt_ticket now = {0};
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &row);
    PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;

    assert_reason(renew(s, text, NOW + 1800, &now, &fresh), OK);
    assert_string_equal(now.id, row.id);
    assert_true(now.expires == NOW + 1800 + 8 * HOUR);
    assert_true(now.last_used == NOW + 1800);
    assert_reason(check(s, text, NOW + 1800), TICKET_UNKNOWN);
    assert_false(report.authentic);
    assert_reason(check(s, fresh, NOW + 1800), OK);
    assert_string_equal(grant.ticket, row.id);
    assert_true(grant.issued == NOW); /* what was issued until then is still it */
    assert_true(grant.expires == now.expires);
    assert_reason(check(s, fresh, NOW + 1800 + HOUR - 1), OK); /* it was a use */
    assert_reason(check(s, fresh, NOW + 1800 + HOUR), TICKET_IDLE);
    assert_true(row_of(s, row.id).lifetime == 8 * HOUR);
}

/* Again and again, and never beyond. */
static void
test_renew_until(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;

    row.idle = 0;
    text = issue(s, &row);
    for (int hours = 6; hours <= 18; hours += 6) {
        int64_t end = hours + 8 < 24 ? hours + 8 : 24;

        assert_reason(renew(s, text, NOW + hours * HOUR, &row, &fresh), OK);
        assert_true(row.expires == NOW + end * HOUR);
        pjwt_drop_secret(&text);
        text = pjwt_take(fresh);
    }
    assert_reason(renew(s, text, NOW + 20 * HOUR, &row, &fresh), TICKET_FIXED);
    assert_true(report.at == NOW + 24 * HOUR);
    assert_reason(check(s, text, NOW + 20 * HOUR), OK); /* a refusal took nothing */
    assert_reason(renew(s, text, NOW + 24 * HOUR, &row, &fresh), TICKET_EXPIRED);
}

struct refusal {
    const char *sql; /* NULL: nothing but the clock */
    int64_t after;
    enum pjwt_reason reason;
};

static void
test_renew_refused(void **state)
{
    static const struct refusal cases[] = {
        {NULL, 60, PJWT_OK},
        {NULL, HOUR, PJWT_TICKET_IDLE},
        {"UPDATE tickets SET idle=0", 8 * HOUR, PJWT_TICKET_EXPIRED},
        {"UPDATE tickets SET idle=0", 8 * HOUR - 1, PJWT_OK},
        {"UPDATE tickets SET renewable_until=0", 60, PJWT_TICKET_FIXED},
        {"UPDATE tickets SET renewable_until=expires", 60, PJWT_TICKET_FIXED},
        {"UPDATE tickets SET renewable_until=expires+1", 60, PJWT_OK},
        {"UPDATE tickets SET one_time=1,spent_at=1", 60, PJWT_TICKET_SPENT},
        {"UPDATE tickets SET revoked_at=1,revoked_by='root'", 60, PJWT_TICKET_REVOKED},
        {"INSERT INTO blocks VALUES ('alice',1,0,'root','')", 60, PJWT_USER_BLOCKED},
        {"INSERT INTO blocks VALUES ('bob',1,0,'root','')", 60, PJWT_OK},
        {"INSERT INTO revocations VALUES ('jti','https://corp','j-1',0,1,0,'root','')", 60,
         PJWT_JTI_REVOKED},
        {"INSERT INTO revocations VALUES ('key','https://corp','k-1',0,1,0,'root','')", 60,
         PJWT_KEY_REVOKED},
        {"INSERT INTO revocations VALUES ('user','','alice',1767225601,1,0,'root','')", 60,
         PJWT_USER_REVOKED},
        {"DELETE FROM tickets", 60, PJWT_TICKET_UNKNOWN},
    };
    struct scratch *s = *state;

    for (size_t i = 0; i < PJWT_COUNT(cases); i++) {
        struct pjwt_ticket row = make_row();
        struct pjwt_ticket renewed = {.user = "untouched"};
        PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
        PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;

        scratch_sql(s, "DELETE FROM blocks; DELETE FROM revocations; DELETE FROM tickets");
        scratch_set_text(row.iss, sizeof(row.iss), "https://corp");
        scratch_set_text(row.jti, sizeof(row.jti), "j-1");
        scratch_set_text(row.kid, sizeof(row.kid), "k-1");
        row.iat = NOW;
        text = issue(s, &row);
        if (cases[i].sql != NULL) {
            scratch_sql(s, cases[i].sql);
        }
        assert_int_equal(renew(s, text, NOW + cases[i].after, &renewed, &fresh).reason,
                         cases[i].reason);
        if (cases[i].reason != PJWT_OK) {
            assert_string_equal(renewed.user, "untouched");
        }
    }
}

/* One that is good once is not renewable from the start. */
static void
test_one_time_is_not_renewable(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;

    row.one_time = 1;
    text = issue(s, &row);
    assert_true(row_of(s, row.id).renewable_until == 0);
    assert_reason(renew(s, text, NOW, &row, &fresh), TICKET_FIXED);
}

/* Made before the lifetime was kept: what it was is still to be seen. */
static void
test_renew_an_old_row(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &row);
    PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;

    scratch_sql(s, "UPDATE tickets SET lifetime=0");
    assert_reason(renew(s, text, NOW + 60, &row, &fresh), OK);
    assert_true(row.expires == NOW + 60 + 8 * HOUR);
}

/* The ticket that a revocation marked stays marked, whatever its secret. */
static void
test_revocation_outlives_renewal(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &row);
    PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;

    assert_reason(renew(s, text, NOW + 60, &row, &fresh), OK);
    assert_reason(pjwt_revocation_ticket(s->store, row.id, NOW + 61, "root", ""), OK);
    assert_reason(check(s, fresh, NOW + 62), TICKET_REVOKED);
}

static struct pjwt_grant
token_grant(bool one_time)
{
    return (struct pjwt_grant){.user = "alice",
                               .iss = "https://corp",
                               .sub = "s-1",
                               .jti = "j-1",
                               .kid = "k-1",
                               .iat = NOW - 60,
                               .auth_time = NOW - 90,
                               .issued = NOW - 60,
                               .expires = NOW + 600,
                               .one_time = one_time};
}

static pjwt_verdict
exchange(struct scratch *s, const struct pjwt_grant *from)
{
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    report = (struct pjwt_report){0};
    row.user[0] = '\0';
    row.claims = "{\"a\":1}";
    v = pjwt_ticket_exchange(s->store, &row, from, &text, &report);
    assert_int_equal(text != NULL, pjwt_ok(v));
    if (pjwt_ok(v)) {
        assert_reason(check(s, text, NOW + 1), OK);
    }
    return v;
}

static void
test_exchange(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant often = token_grant(false);
    struct pjwt_grant once = token_grant(true);

    assert_reason(exchange(s, &often), OK);
    assert_string_equal(grant.user, "alice");
    assert_string_equal(grant.iss, "https://corp");
    assert_string_equal(grant.sub, "s-1");
    assert_string_equal(grant.jti, "j-1");
    assert_string_equal(grant.kid, "k-1");
    assert_true(grant.iat == NOW - 60);
    assert_true(grant.auth_time == NOW - 90);
    assert_true(grant.issued == NOW);
    assert_false(grant.one_time);
    assert_reason(exchange(s, &often), OK);
    assert_reason(exchange(s, &once), OK);
    assert_reason(exchange(s, &once), REPLAYED);
    assert_reason(pjwt_replay_check(s->store, &once, &report), REPLAYED);
}

/* All or nothing: a token that makes no ticket is not spent. */
static void
test_exchange_revoked_meanwhile(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant once = token_grant(true);
    struct pjwt_ticket other = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &other);

    assert_non_null(text);
    scratch_sql(s,
                "INSERT INTO revocations VALUES ('jti','https://corp','j-1',0,1,0,'root','')");
    assert_reason(exchange(s, &once), JTI_REVOKED);
    scratch_sql(s, "DELETE FROM revocations");
    scratch_sql(s, "CREATE UNIQUE INDEX u ON tickets (user)");
    assert_reason(exchange(s, &once), STORE_CONFLICT);
    scratch_sql(s, "DROP INDEX u");
    assert_reason(pjwt_replay_check(s->store, &once, &report), OK);
    assert_reason(exchange(s, &once), OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_idle),
        CASE(test_step),
        CASE(test_mark_refuses_nobody),
        CASE(test_from),
        CASE(test_renew),
        CASE(test_renew_until),
        CASE(test_renew_refused),
        CASE(test_one_time_is_not_renewable),
        CASE(test_renew_an_old_row),
        CASE(test_revocation_outlives_renewal),
        CASE(test_exchange),
        CASE(test_exchange_revoked_meanwhile),
    };

    return cmocka_run_group_tests_name("ticket life", tests, NULL, NULL);
}
