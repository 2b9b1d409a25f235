/* Is what stands revoked listed, taken back and carried on, and what grew from it ended? */
#include "tests/unit/support/scratch.h"

#include "lib/store/db.h"
#include "lib/store/revocation_list.h"

#include <string.h>

#define NOW 1767225600
#define ISS "https://idp.example.com"

struct items {
    size_t count;
    struct pjwt_revoked item[16];
};

static bool
collect(void *context, const struct pjwt_revoked *item)
{
    struct items *items = context;

    assert_in_range(items->count, 0, 15);
    items->item[items->count++] = *item;
    return true;
}

static struct items
listed(struct scratch *s)
{
    struct items items = {0};

    assert_reason(pjwt_revocation_list(s->store, collect, &items), OK);
    return items;
}

static void
take_away(struct scratch *s, enum pjwt_revoke kind, const char *value, int64_t before,
          long *tickets)
{
    struct pjwt_revocation row = {
        .kind = kind, .before = before, .leeway = 30, .created = NOW, .by = "root"};

    scratch_set_text(row.iss, sizeof(row.iss), kind == PJWT_REVOKE_USER ? "" : ISS);
    scratch_set_text(row.value, sizeof(row.value), value);
    assert_reason(pjwt_revocation_add(s->store, &row, tickets), OK);
}

/* A ticket that grew from a token, or not (`jti` NULL). */
static struct pjwt_ticket
issue(struct scratch *s, const char *jti)
{
    struct pjwt_ticket row = {
        .user = "alice", .services = "sshd", .created = NOW - 10, .expires = NOW + 3600};
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    if (jti != NULL) {
        row.iat = NOW - 60;
        scratch_set_text(row.iss, sizeof(row.iss), ISS);
        scratch_set_text(row.sub, sizeof(row.sub), "s-1");
        scratch_set_text(row.kid, sizeof(row.kid), "k-1");
        scratch_set_text(row.jti, sizeof(row.jti), jti);
    }
    assert_reason(pjwt_ticket_issue(s->store, &row, &text), OK);
    return row;
}

static bool
revoked(struct scratch *s, const struct pjwt_ticket *ticket)
{
    struct pjwt_ticket row = {0};

    assert_reason(pjwt_ticket_get(s->store, ticket->id, &row), OK);
    return row.revoked_at != 0;
}

/* Each kind ends the tickets that grew from such a token, and leaves the others. */
static void
test_tickets_end_with_their_origin(void **state)
{
    static const struct {
        enum pjwt_revoke kind;
        const char *value, *other;
        int64_t before, too_early;
    } cases[] = {
        {PJWT_REVOKE_JTI, "j-1", "j-3", 0, 0},
        {PJWT_REVOKE_SUBJECT, "s-1", "s-2", NOW, NOW - 91},
        {PJWT_REVOKE_ISSUER, "", NULL, NOW, NOW - 91},
        {PJWT_REVOKE_KEY, "k-1", "k-2", 0, 0},
        {PJWT_REVOKE_USER, "alice", "bob", NOW - 30, NOW - 91},
    };
    struct scratch *s = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pjwt_ticket grown = issue(s, "j-1");
        struct pjwt_ticket admins = issue(s, NULL);
        long tickets = -1;

        if (cases[i].other != NULL) {
            take_away(s, cases[i].kind, cases[i].other, cases[i].before, &tickets);
            assert_int_equal(tickets, 0);
        }
        if (cases[i].too_early != 0) {
            take_away(s, cases[i].kind, cases[i].value, cases[i].too_early, &tickets);
            assert_int_equal(tickets, 0);
        }
        assert_false(revoked(s, &grown));
        take_away(s, cases[i].kind, cases[i].value, cases[i].before, &tickets);
        assert_int_equal(tickets, 1);
        assert_true(revoked(s, &grown));
        assert_false(revoked(s, &admins));
        scratch_sql(s, "DELETE FROM revocations; DELETE FROM tickets");
    }
}

/* The mark stays when the revocation itself has been pruned. */
static void
test_ended_tickets_stay_ended(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket grown = issue(s, "j-1");

    take_away(s, PJWT_REVOKE_JTI, "j-1", 0, NULL);
    scratch_sql(s, "DELETE FROM revocations");
    assert_true(revoked(s, &grown));
}

static void
test_list_and_undo(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket ticket = issue(s, NULL);
    struct pjwt_revoked undone = {0};
    struct items items;

    assert_int_equal(listed(s).count, 0);
    take_away(s, PJWT_REVOKE_JTI, "j-1", 0, NULL);
    take_away(s, PJWT_REVOKE_KEY, "j-1", 0, NULL);
    assert_reason(pjwt_block_add(s->store, "bob", NOW, NOW + 60, "root", "away"), OK);
    assert_reason(pjwt_revocation_ticket(s->store, ticket.id, NOW, "root", ""), OK);
    items = listed(s);
    assert_int_equal(items.count, 4);
    for (size_t i = 0; i < items.count; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(items.item[i].id, items.item[j].id);
        }
    }
    while (items.count > 0) {
        const char *id = items.item[0].id;

        assert_reason(pjwt_revocation_undo(s->store, id, &undone), OK);
        assert_string_equal(undone.kind, items.item[0].kind);
        assert_reason(pjwt_revocation_undo(s->store, id, &undone), NOT_FOUND);
        assert_int_equal(listed(s).count, items.count - 1);
        items = listed(s);
    }
    assert_false(revoked(s, &ticket));
    assert_reason(pjwt_block_remove(s->store, "bob"), NOT_FOUND);
}

/* Carried twice it is the same; what is shorter than what stands changes nothing. */
static void
test_import(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket grown = issue(s, "j-1");
    struct pjwt_imported done = {0};
    struct items items;

    take_away(s, PJWT_REVOKE_JTI, "j-1", 0, NULL);
    take_away(s, PJWT_REVOKE_SUBJECT, "s-9", NOW - 100, NULL);
    assert_reason(pjwt_block_add(s->store, "bob", NOW, NOW + 60, "root", "away"), OK);
    items = listed(s);
    assert_string_equal(items.item[3].kind, "ticket");
    scratch_sql(s, "DELETE FROM revocations; DELETE FROM blocks;"
                   "UPDATE tickets SET revoked_at=0, revoked_by=''");
    assert_reason(pjwt_revocation_import(s->store, items.item, 3, &done), OK);
    assert_int_equal(done.changed, 3);
    assert_int_equal(done.tickets, 1);
    assert_true(revoked(s, &grown));
    assert_reason(pjwt_revocation_import(s->store, items.item, 3, &done), OK);
    assert_int_equal(done.changed, 3);
    for (size_t i = 0; i < 3; i++) {
        items.item[i].row.before -= items.item[i].row.before > 0 ? 1 : 0;
        items.item[i].row.expires += i == 2 ? -1 : 0;
    }
    assert_reason(pjwt_revocation_import(s->store, items.item, 3, &done), OK);
    assert_int_equal(done.changed, 3);
    items.item[1].row.before += 2;
    items.item[2].row.expires = 0;
    assert_reason(pjwt_revocation_import(s->store, items.item, 3, &done), OK);
    assert_int_equal(done.changed, 5);
    assert_int_equal(listed(s).item[2].row.expires, 0);
}

static void
test_import_is_whole_or_nothing(void **state)
{
    struct scratch *s = *state;
    struct pjwt_imported done = {0};
    struct items items;

    take_away(s, PJWT_REVOKE_JTI, "j-1", 0, NULL);
    items = listed(s);
    scratch_sql(s, "DELETE FROM revocations");
    items.item[1] = items.item[0];
    scratch_set_text(items.item[1].kind, sizeof(items.item[1].kind), "ticket");
    assert_reason(pjwt_revocation_import(s->store, items.item, 2, &done), INTERNAL);
    assert_int_equal(listed(s).count, 0);
    assert_int_equal(done.changed, 0);
    assert_reason(pjwt_revocation_import(s->store, items.item, 1, &done), OK);
    assert_int_equal(listed(s).count, 1);
}

/* An end is put off by an import, for ever too, and never brought nearer. */
static void
test_import_never_shortens(void **state)
{
    static const struct {
        int64_t expires;
        int64_t kept;
        long changed;
    } imports[] = {{NOW + 50, NOW + 60, 0},
                   {NOW + 60, NOW + 60, 0},
                   {NOW + 70, NOW + 70, 1},
                   {0, 0, 1},
                   {0, 0, 0},
                   {NOW + 99, 0, 0}};
    struct scratch *s = *state;
    struct pjwt_revoked item = {
        .kind = "jti",
        .row = {
            .kind = PJWT_REVOKE_JTI, .iss = ISS, .value = "j-1", .created = NOW, .by = "r"}};

    item.row.expires = NOW + 60;
    assert_reason(pjwt_revocation_add(s->store, &item.row, NULL), OK);
    for (size_t i = 0; i < PJWT_COUNT(imports); i++) {
        struct pjwt_imported done = {0};

        item.row.expires = imports[i].expires;
        assert_reason(pjwt_revocation_import(s->store, &item, 1, &done), OK);
        assert_int_equal(done.changed, imports[i].changed);
        assert_int_equal(listed(s).item[0].row.expires, imports[i].kept);
    }
}

/* A block without an end is the longest there is. */
static void
test_import_ends_no_endless_block(void **state)
{
    struct scratch *s = *state;
    struct pjwt_revoked item = {
        .kind = "block",
        .row = {.value = "bob", .created = NOW, .expires = NOW + 60, .by = "r"}};
    struct pjwt_imported done = {0};

    assert_reason(pjwt_block_add(s->store, "bob", NOW, 0, "root", ""), OK);
    assert_reason(pjwt_revocation_import(s->store, &item, 1, &done), OK);
    assert_int_equal(done.changed, 0);
    assert_int_equal(listed(s).item[0].row.expires, 0);
}

/* What could not be read again is not written. */
static void
test_a_reason_that_does_not_fit(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket ticket = issue(s, NULL);
    char why[PJWT_NOTE_MAX + 1] = "";

    memset(why, 'a', PJWT_NOTE_MAX);
    assert_reason(pjwt_revocation_ticket(s->store, ticket.id, NOW, "root", why), INTERNAL);
    assert_false(revoked(s, &ticket));
    why[PJWT_NOTE_MAX - 1] = '\0';
    assert_reason(pjwt_revocation_ticket(s->store, ticket.id, NOW, "root", why), OK);
    assert_true(revoked(s, &ticket));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_tickets_end_with_their_origin),
        CASE(test_ended_tickets_stay_ended),
        CASE(test_list_and_undo),
        CASE(test_import),
        CASE(test_import_is_whole_or_nothing),
        CASE(test_import_never_shortens),
        CASE(test_import_ends_no_endless_block),
        CASE(test_a_reason_that_does_not_fit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
