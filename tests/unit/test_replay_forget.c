/* Is a spent token forgotten only when it could log in no more, and never known again? */
#include "tests/unit/support/spending.h"

#include "lib/store/db.h"

#include <string.h>

/* Rows go when exp, the longest leeway and the clock's slack are past; not a second before. */
static void
test_forgets(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant other = spending_token;

    assert_reason(spending_admit(s, &spending_token, NOW), OK);
    other.one_time = false;
    assert_reason(spending_admit(s, &other, spending_token.expires + 239), OK);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM replay"), 1);
    assert_int_equal(scratch_number(s, "SELECT forgotten FROM clock"), 0);
    assert_reason(spending_admit(s, &other, spending_token.expires + 300), OK);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM replay"), 0);
    assert_int_equal(scratch_number(s, "SELECT forgotten FROM clock"),
                     spending_token.expires + 60);
}

/* At that very second; and then nothing that ended until then is believed to be new. */
static void
test_forgets_at_the_edge(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant other = spending_token;

    assert_reason(spending_admit(s, &spending_token, NOW), OK);
    other.one_time = false;
    assert_reason(spending_admit(s, &other, spending_token.expires + 240), OK);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM replay"), 0);
    assert_int_equal(scratch_number(s, "SELECT forgotten FROM clock"), spending_token.expires);
    assert_reason(spending_look(s, &spending_token), REPLAYED);
    other = spending_token;
    other.expires++;
    assert_reason(spending_look(s, &other), OK);
}

/* What was forgotten once is not known again, however few rows are forgotten later. */
static void
test_forgotten_never_goes_back(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant other = spending_token;

    other.one_time = false;
    assert_reason(spending_admit(s, &other, NOW), OK);
    scratch_sql(s, "UPDATE clock SET forgotten=1767300000");
    scratch_sql(s,
                "INSERT INTO replay (iss,jti,expires,spent) VALUES ('i','old',1767220000,1)");
    assert_reason(spending_admit(s, &other, NOW + 60), OK);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM replay"), 0);
    assert_int_equal(scratch_number(s, "SELECT forgotten FROM clock"), 1767300000);
}

/* The clock is set back behind a spent token's end, and an administrator says that it is right:
 * the token stays spent. */
static void
test_set_back_after_forgetting(void **state)
{
    struct scratch *s = *state;
    const struct pjwt_clock back = {.now = NOW, .up = UP + 7200, .boot = "a"};
    struct pjwt_grant other = spending_token;
    struct pjwt_why why = {""};
    int64_t was = 0;

    assert_reason(spending_admit(s, &spending_token, NOW), OK);
    other.one_time = false;
    assert_reason(spending_admit(s, &other, NOW + 3600), OK);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM replay"), 0);
    assert_reason(pjwt_clock_check(s->store, &back, &why), CLOCK_BACK);
    assert_reason(spending_look(s, &spending_token), REPLAYED);
    assert_reason(pjwt_clock_repair(s->store, &back, &was), OK);
    assert_reason(pjwt_clock_check(s->store, &back, &why), OK);
    assert_reason(spending_look(s, &spending_token), REPLAYED);
    assert_reason(spending_admit(s, &spending_token, NOW), REPLAYED);
    other = spending_token; /* a later one */
    scratch_set_text(other.jti, sizeof(other.jti), "j-2");
    other.expires = NOW + 7200;
    assert_reason(spending_admit(s, &other, NOW), OK);
}

/* A jump that is not confirmed forgets nothing. */
static void
test_jump_forgets_nothing(void **state)
{
    struct scratch *s = *state;
    const struct pjwt_clock ahead = {.now = NOW + 86400, .up = UP + 5, .boot = "a"};
    struct pjwt_grant other = spending_token;
    char id[PJWT_HANDOFF_SIZE];

    assert_reason(spending_admit(s, &spending_token, NOW), OK);
    other.one_time = false;
    assert_reason(pjwt_admit(s->store, &other, NULL, &spending_asker, &ahead, id), OK);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM replay"), 1);
}

/* The login that moves the clock's mark forgets, up to a bound; of the others some do. */
static void
test_forgets_a_few(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant other = spending_token;
    int64_t left = 905;

    scratch_sql(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<1005)"
                   " INSERT INTO replay (iss,jti,expires,spent)"
                   " SELECT 'https://idp.example.com','old-'||i,1767220000+i,1 FROM n");
    other.one_time = false;
    assert_reason(spending_admit(s, &other, NOW), OK);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM replay"), left);
    assert_int_equal(scratch_number(s, "SELECT min(expires) FROM replay"),
                     1767220101);                /* oldest first */
    for (int i = 0; i < 2000 && left > 0; i++) { /* in the same minute */
        int64_t was = left;

        assert_reason(spending_admit(s, &other, NOW), OK);
        left = scratch_number(s, "SELECT count(*) FROM replay");
        assert_true(left == was || left == was - 100 || left == 0);
    }
    assert_int_equal(left, 0);
}

/* And the hand-offs that nobody took. */
static void
test_forgets_handoffs(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant other = spending_token;

    other.one_time = false;
    assert_reason(spending_admit(s, &other, NOW), OK);
    assert_reason(spending_admit(s, &other, NOW + PJWT_HANDOFF_SECONDS - 1), OK);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM handoffs"), 2);
    assert_reason(spending_admit(s, &other, NOW + PJWT_HANDOFF_SECONDS + 60), OK);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM handoffs"), 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_forgets),
        CASE(test_forgets_at_the_edge),
        CASE(test_forgotten_never_goes_back),
        CASE(test_set_back_after_forgetting),
        CASE(test_jump_forgets_nothing),
        CASE(test_forgets_a_few),
        CASE(test_forgets_handoffs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
