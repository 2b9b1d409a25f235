/* What becomes of a value that is not of its column's type? */
#include "tests/unit/support/scratch.h"

#include "lib/store/db.h"
#include "lib/store/integrity.h"
#include "lib/store/revocations.h"

#include <stdio.h>
#include <string.h>

/* SQLite keeps what it is given; a whole look at the file finds what is of another type. */
static void
test_wrong_types_are_found(void **state)
{
    static const struct {
        const char *make;
        const char *table;
    } cases[] = {
        {"INSERT INTO blocks (user,created) VALUES (x'61',1)", "blocks"},
        {"INSERT INTO blocks (user,created) VALUES ('bob','soon')", "blocks"},
        {"INSERT INTO blocks (user,created) VALUES ('bob',1.5)", "blocks"},
        {"INSERT INTO blocks (user,created,why) VALUES ('bob',1,x'62')", "blocks"},
        {"INSERT INTO replay (iss,jti,expires,spent) VALUES ('i','j',x'63',1)", "replay"},
        {"INSERT INTO handoffs (hash,until,user,service) VALUES "
         "('12345678901234567890123456789012',1,'u','s')",
         "handoffs"},
        {"INSERT INTO handoffs (hash,until,user,service,claims) VALUES "
         "(zeroblob(32),1,'u','s',x'65')",
         "handoffs"},
        {"INSERT INTO clock (id,boot) VALUES (1,x'66')", "clock"},
    };
    struct scratch *s = *state;
    struct pjwt_why why = {""};

    scratch_sql(
        s, "INSERT INTO handoffs (hash,until,user,service) VALUES (randomblob(32),1,'u','s')");
    for (size_t i = 0; i < PJWT_COUNT(cases); i++) {
        char undo[64];

        pjwt_why_clear(&why);
        assert_reason(pjwt_integrity(s->store->db, &why), OK);
        (void)snprintf(undo, sizeof(undo), "DELETE FROM %s", cases[i].table);
        scratch_sql(s, cases[i].make);
        assert_reason(pjwt_integrity(s->store->db, &why), STORE_DAMAGED);
        assert_non_null(strstr(why.text, "holds another type"));
        assert_non_null(strstr(why.text, cases[i].table));
        scratch_sql(s, undo);
    }
}

/* And who comes upon it is refused. */
static void
test_wrong_types_are_refused(void **state)
{
    struct scratch *s = *state;
    struct pjwt_report report = {0};

    scratch_sql(s, "INSERT INTO blocks (user,created,until) VALUES ('bob',1,'never')");
    assert_reason(pjwt_revocation_check_user(s->store, "bob", 2, &report), STORE_DAMAGED);
    scratch_sql(s, "UPDATE blocks SET until=0, by=x'61'");
    assert_reason(pjwt_revocation_check_user(s->store, "bob", 2, &report), STORE_DAMAGED);
    scratch_sql(s, "UPDATE blocks SET by='admin'");
    assert_reason(pjwt_revocation_check_user(s->store, "bob", 2, &report), USER_BLOCKED);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_wrong_types_are_found),
        CASE(test_wrong_types_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
