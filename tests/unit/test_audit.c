/* Does every change by somebody leave its row, and does a change that fails leave none? */
#include "tests/unit/support/scratch.h"

#include "lib/store/audit.h"
#include "lib/store/revocation_list.h"

#include <stdio.h>
#include <string.h>

#define NOW 1767225600

struct seen {
    size_t rows, told;
    struct pjwt_audit last;
};

static void
told(void *context, const struct pjwt_audit *row)
{
    struct seen *seen = context;

    seen->told++;
    seen->last = *row;
}

static bool
count(void *context, const struct pjwt_audit *row)
{
    struct seen *seen = context;

    seen->rows++;
    seen->last = *row;
    return true;
}

static struct pjwt_actor
actor_of(struct seen *seen)
{
    return (struct pjwt_actor){
        .who = "root", .from = "pts/3", .at = NOW, .audited = told, .context = seen};
}

static size_t
rows(struct scratch *s, const struct pjwt_audit_filter *filter)
{
    struct seen seen = {0};

    assert_reason(pjwt_audit_list(s->store, filter, count, &seen), OK);
    return seen.rows;
}

static size_t
all(struct scratch *s)
{
    return rows(s, &(struct pjwt_audit_filter){0});
}

static void
test_each_change_has_its_row(void **state)
{
    struct scratch *s = *state;
    struct seen seen = {0};
    struct pjwt_actor actor = actor_of(&seen);
    struct pjwt_ticket ticket = {
        .user = "alice", .services = "sshd", .created = NOW, .expires = NOW + 60};
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_revocation row = {.kind = PJWT_REVOKE_SUBJECT,
                                  .iss = "https://a",
                                  .value = "s 1",
                                  .before = NOW,
                                  .created = NOW,
                                  .by = "root",
                                  .why = "lost"};

    pjwt_store_act_for(s->store, &actor);
    assert_reason(pjwt_ticket_issue(s->store, &ticket, &text), OK);
    assert_string_equal(seen.last.act, "ticket issue");
    assert_reason(pjwt_revocation_ticket(s->store, ticket.id, NOW, "root", "gone"), OK);
    assert_string_equal(seen.last.act, "revoke ticket");
    assert_string_equal(seen.last.object, ticket.id);
    assert_string_equal(seen.last.why, "gone");
    assert_reason(pjwt_revocation_add(s->store, &row, NULL), OK);
    assert_string_equal(seen.last.act, "revoke subject");
    assert_string_equal(seen.last.object, "https://a s 1");
    assert_reason(pjwt_block_add(s->store, "bob", NOW, 0, "root", "away"), OK);
    assert_string_equal(seen.last.act, "block");
    assert_reason(pjwt_block_remove(s->store, "bob"), OK);
    assert_string_equal(seen.last.act, "unblock");
    assert_string_equal(seen.last.who, "root");
    assert_string_equal(seen.last.from, "pts/3");
    assert_int_equal(seen.last.at, NOW);
    assert_int_equal(seen.told, 5);
    assert_int_equal(all(s), 5);
}

static void
test_what_fails_has_none(void **state)
{
    struct scratch *s = *state;
    struct seen seen = {0};
    struct pjwt_actor actor = actor_of(&seen);

    pjwt_store_act_for(s->store, &actor);
    assert_reason(pjwt_block_remove(s->store, "bob"), NOT_FOUND);
    assert_reason(pjwt_revocation_ticket(s->store, "abcdefghijkl", NOW, "root", ""), NOT_FOUND);
    assert_int_equal(seen.told + all(s), 0);
    assert_reason(pjwt_block_add(s->store, "bob", NOW, 0, "root", ""), OK);
    assert_int_equal(seen.told + all(s), 2);
}

/* What cannot be audited is not done. */
static void
test_no_audit_no_change(void **state)
{
    struct scratch *s = *state;
    struct seen seen = {0};
    struct pjwt_actor actor = actor_of(&seen);

    pjwt_store_act_for(s->store, &actor);
    scratch_sql(s, "ALTER TABLE audit RENAME TO away");
    assert_reason(pjwt_block_add(s->store, "bob", NOW, 0, "root", ""), STORE_DAMAGED);
    scratch_sql(s, "ALTER TABLE away RENAME TO audit");
    assert_reason(pjwt_block_remove(s->store, "bob"), NOT_FOUND);
    assert_int_equal(seen.told, 0);
}

static void
test_a_login_has_none(void **state)
{
    struct scratch *s = *state;

    assert_reason(pjwt_block_add(s->store, "bob", NOW, 0, "root", ""), OK);
    assert_int_equal(all(s), 0);
}

static void
test_filters(void **state)
{
    struct scratch *s = *state;
    struct seen seen = {0};
    struct pjwt_actor actor = actor_of(&seen);

    pjwt_store_act_for(s->store, &actor);
    assert_reason(pjwt_block_add(s->store, "bob", NOW, 0, "root", ""), OK);
    actor.at = NOW + 10;
    scratch_set_text(actor.who, sizeof(actor.who), "carol");
    assert_reason(pjwt_block_remove(s->store, "bob"), OK);
    assert_int_equal(rows(s, &(struct pjwt_audit_filter){.who = "carol"}), 1);
    assert_int_equal(rows(s, &(struct pjwt_audit_filter){.who = "car"}), 0);
    assert_int_equal(rows(s, &(struct pjwt_audit_filter){.act = "block"}), 1);
    assert_int_equal(rows(s, &(struct pjwt_audit_filter){.act = "bloc"}), 0);
    assert_int_equal(rows(s, &(struct pjwt_audit_filter){.object = "bob"}), 2);
    assert_int_equal(rows(s, &(struct pjwt_audit_filter){.object = "bo"}), 0);
    assert_int_equal(rows(s, &(struct pjwt_audit_filter){.since = NOW + 10}), 1);
    assert_int_equal(rows(s, &(struct pjwt_audit_filter){.since = NOW + 11}), 0);
}

/* The oldest go, the newest stay, and numbers go on. */
static void
test_bounded(void **state)
{
    struct scratch *s = *state;
    struct seen seen = {0};
    struct pjwt_actor actor = actor_of(&seen);
    char sql[256];

    assert_true(snprintf(sql, sizeof(sql),
                         "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE"
                         " i<%d) INSERT INTO audit SELECT i,1,'w','','a','','' FROM n",
                         PJWT_AUDIT_ROWS + 700) < (int)sizeof(sql));
    scratch_sql(s, sql);
    pjwt_store_act_for(s->store, &actor);
    for (int i = 0; i < 3; i++) {
        assert_reason(pjwt_block_add(s->store, "bob", NOW, 0, "root", ""), OK);
    }
    assert_int_equal(all(s), PJWT_AUDIT_ROWS);
    assert_reason(
        pjwt_audit_list(s->store, &(struct pjwt_audit_filter){.since = NOW}, count, &seen), OK);
    assert_int_equal(seen.last.number, PJWT_AUDIT_ROWS + 703);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_each_change_has_its_row),
        CASE(test_what_fails_has_none),
        CASE(test_no_audit_no_change),
        CASE(test_a_login_has_none),
        CASE(test_filters),
        CASE(test_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
