/* Does what rests on a ticket last as long as its renewal? */
#include "tests/unit/support/scratch.h"

#include "lib/store/change.h"
#include "lib/store/handoff.h"
#include "lib/store/logins.h"
#include "lib/store/revocations.h"
#include "lib/store/tickets.h"

#include <string.h>

#define NOW  1767225600
#define HOUR 3600

static const struct pjwt_asker asker = {.pid = 100, .parent = 1, .started = 7};

/* A ticket for two hours, which may be renewed until the day's end, and its secret. */
static struct pjwt_secret *
issue(struct scratch *s, struct pjwt_ticket *row)
{
    struct pjwt_secret *text = NULL;

    *row = (struct pjwt_ticket){.user = "alice",
                                .services = "sshd",
                                .created = NOW,
                                .expires = NOW + 2 * HOUR,
                                .renewable_until = NOW + 24 * HOUR};
    assert_reason(pjwt_ticket_issue(s->store, row, &text), OK);
    return text;
}

static pjwt_verdict
renew(struct scratch *s, const struct pjwt_secret *text, int64_t now, struct pjwt_ticket *row)
{
    PJWT_AUTO(secret) struct pjwt_secret *fresh = NULL;
    struct pjwt_report report = {0};

    return pjwt_ticket_renew(s->store, text, now, row, &fresh, &report);
}

static struct pjwt_grant
grant_of(const struct pjwt_ticket *row)
{
    struct pjwt_grant grant = {0};

    pjwt_ticket_grant(row, &grant);
    scratch_set_text(grant.service, sizeof(grant.service), "sshd");
    return grant;
}

static void
log_in(struct scratch *s, const struct pjwt_grant *grant)
{
    struct pjwt_login_row row = {
        .ours = 1, .pid = 100, .started = 7, .boot = "b", .opened = NOW, .grant = *grant};

    scratch_set_text(row.user, sizeof(row.user), grant->user);
    scratch_set_text(row.target, sizeof(row.target), grant->user);
    assert_reason(pjwt_login_add(s->store, &row), OK);
}

struct looked_for {
    const char *ticket;
    int64_t ends;
};

static bool
look(void *context, const struct pjwt_login_row *row)
{
    struct looked_for *l = context;

    l->ends = strcmp(row->grant.ticket, l->ticket) == 0 ? row->grant.expires : l->ends;
    return true;
}

/* When does the login by that ticket ("": by a token) end? */
static int64_t
ends(struct scratch *s, const char *ticket)
{
    struct looked_for l = {.ticket = ticket};

    assert_reason(pjwt_login_list(s->store, look, &l), OK);
    return l.ends - NOW;
}

static void
test_open_logins(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row;
    struct pjwt_ticket other;
    struct pjwt_grant token = {.user = "alice", .service = "sshd", .expires = NOW + HOUR};
    struct pjwt_grant grant = {0};
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &row);
    PJWT_AUTO(secret) struct pjwt_secret *kept = issue(s, &other);

    grant = grant_of(&row);
    log_in(s, &grant);
    grant = grant_of(&other);
    log_in(s, &grant);
    log_in(s, &token);
    assert_reason(renew(s, text, NOW + HOUR, &row), OK);
    assert_int_equal(ends(s, row.id), 3 * HOUR);
    assert_int_equal(ends(s, other.id), 2 * HOUR);
    assert_int_equal(ends(s, ""), HOUR);
    assert_reason(renew(s, kept, NOW + HOUR, &other), OK);
    assert_int_equal(ends(s, other.id), 3 * HOUR);
}

static int64_t
taken(struct scratch *s, const char *id)
{
    struct pjwt_grant grant = {0};

    assert_reason(
        pjwt_handoff_take(s->store, id, "alice", "", "sshd", &asker, NOW + 60, &grant), OK);
    return grant.expires - NOW;
}

static void
put(struct scratch *s, const struct pjwt_ticket *row, char id[PJWT_HANDOFF_SIZE])
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    struct pjwt_grant grant = grant_of(row);

    assert_reason(pjwt_change_begin(&change, s->store), OK);
    assert_reason(pjwt_handoff_put(s->store, &grant, &asker, NOW, id), OK);
    assert_reason(pjwt_change_commit(&change), OK);
}

/* Checked before the renewal, opened behind it. */
static void
test_logins_on_their_way(void **state)
{
    struct scratch *s = *state;
    char id[PJWT_HANDOFF_SIZE];
    char kept[PJWT_HANDOFF_SIZE];
    struct pjwt_ticket row;
    struct pjwt_ticket other;
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &row);
    PJWT_AUTO(secret) struct pjwt_secret *unused = issue(s, &other);

    put(s, &row, id);
    put(s, &other, kept);
    assert_reason(renew(s, text, NOW + 30, &row), OK);
    assert_int_equal(taken(s, id), 2 * HOUR + 30);
    assert_int_equal(taken(s, kept), 2 * HOUR);
    assert_reason(renew(s, unused, NOW + 30, &other), OK); /* it could have been */
}

/* One that would end sooner keeps its end, and so do its logins. */
static void
test_never_sooner(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row;
    struct pjwt_grant grant = {0};
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &row);

    grant = grant_of(&row);
    log_in(s, &grant);
    scratch_sql(s, "UPDATE tickets SET lifetime=60");
    assert_reason(renew(s, text, NOW + HOUR, &row), OK);
    assert_true(row.expires == NOW + 2 * HOUR);
    assert_int_equal(ends(s, row.id), 2 * HOUR);
}

/* All of it or nothing: a renewal that is refused leaves every login as it was. */
static void
test_refused_renewals(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row;
    struct pjwt_grant grant = {0};
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &row);

    grant = grant_of(&row);
    log_in(s, &grant);
    grant.expires -= 60;
    log_in(s, &grant);
    scratch_sql(s, "CREATE UNIQUE INDEX u ON logins (expires)");
    assert_reason(renew(s, text, NOW + HOUR, &row), STORE_CONFLICT);
    scratch_sql(s, "DROP INDEX u");
    assert_true(ends(s, row.id) <= 2 * HOUR);
    assert_reason(renew(s, text, NOW + HOUR, &row), OK); /* the old secret is good still */
    assert_int_equal(ends(s, row.id), 3 * HOUR);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_open_logins),
        CASE(test_logins_on_their_way),
        CASE(test_never_sooner),
        CASE(test_refused_renewals),
    };

    return cmocka_run_group_tests_name("logins of a renewed ticket", tests, NULL, NULL);
}
