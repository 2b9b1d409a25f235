/* Which revocations stand, whatever the credential? */
#include "tests/unit/support/scratch.h"

#include "lib/store/revocations.h"

#include <string.h>

#define NOW 1767225600

static char listed[512];

static bool
see(void *context, const struct pjwt_revocation *row)
{
    (void)context;
    scratch_add_text(listed, sizeof(listed), row->iss);
    scratch_add_text(listed, sizeof(listed), "|");
    scratch_add_text(listed, sizeof(listed), row->value);
    scratch_add_text(listed, sizeof(listed),
                     row->kind == PJWT_REVOKE_USER     ? "=user "
                     : row->kind == PJWT_REVOKE_ISSUER ? "=issuer "
                                                       : "=key ");
    return true;
}

static void
add(struct scratch *s, enum pjwt_revoke kind, const char *iss, const char *value,
    int64_t expires)
{
    struct pjwt_revocation row = {
        .kind = kind, .before = NOW, .created = NOW, .expires = expires, .by = "root"};

    scratch_set_text(row.iss, sizeof(row.iss), iss);
    scratch_set_text(row.value, sizeof(row.value), value);
    assert_reason(pjwt_revocation_add(s->store, &row, NULL), OK);
}

static const char *
list(struct scratch *s, const char *user, int64_t now)
{
    listed[0] = '\0';
    assert_reason(pjwt_revocation_standing(s->store, user, now, see, NULL), OK);
    return listed;
}

static void
what_is_wide_is_listed(void **state)
{
    struct scratch *s = *state;

    assert_string_equal(list(s, "alice", NOW), "");
    add(s, PJWT_REVOKE_USER, "", "alice", NOW + 10);
    add(s, PJWT_REVOKE_USER, "", "bob", NOW + 10);
    add(s, PJWT_REVOKE_ISSUER, "https://a", "", 0);
    add(s, PJWT_REVOKE_KEY, "https://a", "k1", NOW + 20);
    add(s, PJWT_REVOKE_JTI, "https://a", "j", 0);
    add(s, PJWT_REVOKE_SUBJECT, "https://a", "alice", 0);
    assert_string_equal(list(s, "alice", NOW),
                        "|alice=user https://a|k1=key https://a|=issuer ");
    assert_string_equal(list(s, "", NOW), "https://a|k1=key https://a|=issuer ");
    assert_string_equal(list(s, "alice", NOW + 9),
                        "|alice=user https://a|k1=key https://a|=issuer ");
    assert_string_equal(list(s, "alice", NOW + 10), "https://a|k1=key https://a|=issuer ");
    assert_string_equal(list(s, "alice", NOW + 20), "https://a|=issuer ");
}

static void
a_row_that_is_damaged_refuses(void **state)
{
    struct scratch *s = *state;

    add(s, PJWT_REVOKE_KEY, "https://a", "k1", 0);
    assert_reason(pjwt_revocation_standing(s->store, "", NOW, see, NULL), OK);
    scratch_sql(s, "PRAGMA ignore_check_constraints=1");
    scratch_sql(s, "UPDATE revocations SET by=x'00'");
    assert_reason(pjwt_revocation_standing(s->store, "", NOW, see, NULL), STORE_DAMAGED);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_is_wide_is_listed),
        CASE(a_row_that_is_damaged_refuses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
