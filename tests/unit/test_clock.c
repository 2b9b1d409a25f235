/* Is a clock that was set back found out, and is one that merely jumped ahead not believed? */
#include "tests/unit/support/clocks.h"

#include "lib/store/change.h"

#include <string.h>

static void
test_no_mark_yet(void **state)
{
    struct scratch *s = *state;

    assert_reason(clocks_check(s, 1, 1, "a"), OK);
    assert_reason(clocks_check(s, NOW, UP, ""), OK);
}

static void
test_set_back(void **state)
{
    struct scratch *s = *state;

    assert_int_equal(clocks_login(s, NOW, UP, "a"), NOW);
    scratch_reopen(s); /* durable */
    assert_reason(clocks_check(s, NOW, UP, "a"), OK);
    assert_reason(clocks_check(s, NOW - PJWT_CLOCK_SLACK, UP, "a"), OK);
    assert_reason(clocks_check(s, NOW - PJWT_CLOCK_SLACK - 1, UP, "a"), CLOCK_BACK);
    assert_string_equal(clocks_why.text,
                        "the clock says 1767225479, 121s before where it stood");
    assert_reason(clocks_check(s, 0, UP, "a"), CLOCK_BACK);
    assert_reason(clocks_check(s, NOW - PJWT_CLOCK_SLACK - 1, 3, "b"),
                  CLOCK_BACK); /* a reboot */
    assert_reason(clocks_check(s, NOW - PJWT_CLOCK_SLACK, 3, "b"), OK);
}

/* Within one boot the mark moves on although nobody logs in. */
static void
test_set_back_between_logins(void **state)
{
    struct scratch *s = *state;

    (void)clocks_login(s, NOW, UP, "a");
    assert_reason(clocks_check(s, NOW + 7200, UP + 7200, "a"), OK);
    assert_reason(clocks_check(s, NOW + 60, UP + 7200, "a"), CLOCK_BACK);
    assert_reason(clocks_check(s, NOW + 60, UP + 7200, "b"),
                  OK); /* of another boot nothing is known */
    assert_reason(clocks_check(s, NOW + 60, UP - 1, "a"), OK);
    assert_reason(clocks_check(s, NOW - PJWT_CLOCK_SLACK - 1, UP - 1, "a"), CLOCK_BACK);
    assert_reason(clocks_check(s, NOW + 7200 - PJWT_CLOCK_SLACK, UP + 7200, "a"), OK);
    assert_reason(clocks_check(s, NOW + 7199 - PJWT_CLOCK_SLACK, UP + 7200, "a"), CLOCK_BACK);
}

static void
test_once_a_minute(void **state)
{
    struct scratch *s = *state;

    (void)clocks_login(s, NOW, UP, "a");
    assert_int_equal(clocks_login(s, NOW + 59, UP + 59, "a"), NOW);
    assert_int_equal(clocks_login(s, NOW + 60, UP + 60, "a"), NOW + 60);
    assert_int_equal(clocks_login(s, NOW + 100, UP + 100, "a"), NOW + 60);
    assert_int_equal(clocks_login(s, NOW + 3600, UP + 3600, "a"), NOW + 3600);
}

/* A few seconds later: nothing was jumped over. */
static void
test_after_a_quick_boot(void **state)
{
    struct scratch *s = *state;

    (void)clocks_login(s, NOW, UP, "a");
    assert_int_equal(clocks_login(s, NOW - 50, 5, "d"),
                     NOW); /* a little behind: the mark stays */
    assert_int_equal(clocks_login(s, NOW + 10, 5, "b"), NOW + 10);
    assert_reason(clocks_check(s, NOW + 60, 3605, "b"),
                  CLOCK_BACK); /* known from that login on */
    assert_int_equal(clocks_login(s, NOW + 60, 5, "c"), NOW + 60);
}

/* The clock is set right by small steps; the mark never goes back for it. */
static void
test_small_steps(void **state)
{
    struct scratch *s = *state;

    (void)clocks_login(s, NOW, UP, "a");
    assert_int_equal(clocks_login(s, NOW + 600 - 100, UP + 600, "a"), NOW + 500);
    assert_reason(clocks_check(s, NOW + 500 - PJWT_CLOCK_SLACK, UP + 600, "a"), OK);
    assert_int_equal(clocks_login(s, NOW + 450, UP + 650, "a"), NOW + 500);
    assert_int_equal(clocks_login(s, NOW + 600, UP + 680, "a"), NOW + 600);
}

/* Without a boot id only the mark itself is known. */
static void
test_boot_unknown(void **state)
{
    struct scratch *s = *state;

    (void)clocks_login(s, NOW, UP, "");
    assert_reason(clocks_check(s, NOW + 60, UP + 7200, ""), OK);
    assert_reason(clocks_check(s, NOW - 121, UP + 7200, ""), CLOCK_BACK);
    assert_int_equal(clocks_login(s, NOW + 7200, UP + 7200, ""), NOW);
}

static void
test_repair(void **state)
{
    struct scratch *s = *state;
    const struct pjwt_clock back = clocks_at(NOW - 86400, UP + 60, "a");
    int64_t was = -1;

    assert_reason(pjwt_clock_repair(s->store, &back, &was), OK);
    assert_int_equal(was, 0);
    (void)clocks_login(s, NOW, UP, "b");
    scratch_sql(s, "DELETE FROM clock");
    (void)clocks_login(s, NOW, UP, "a");
    assert_reason(clocks_check(s, back.now, back.up, back.boot), CLOCK_BACK);
    assert_reason(pjwt_clock_repair(s->store, &back, &was), OK);
    assert_int_equal(was, NOW);
    scratch_reopen(s);
    assert_reason(clocks_check(s, back.now, back.up, back.boot), OK);
    assert_reason(clocks_check(s, back.now - 121, back.up, back.boot), CLOCK_BACK);
}

/* What we would not have written. */
static void
test_damage(void **state)
{
    static const char *const damage[] = {
        "UPDATE clock SET mark=9223372036854775807",
        "UPDATE clock SET mark=-9223372036854775807",
        "UPDATE clock SET up=9223372036854775807",
        "UPDATE clock SET up=-1",
        "UPDATE clock SET ahead_from=-1",
        "UPDATE clock SET ahead_by=1000000000001",
        "UPDATE clock SET boot='0123456789012345678901234567890123456'",
        "DROP TABLE clock"};
    struct scratch *s = *state;

    (void)clocks_login(s, NOW, UP, "a");
    for (size_t i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
        scratch_sql(s, "SAVEPOINT whole");
        scratch_sql(s, damage[i]);
        assert_reason(clocks_check(s, NOW, UP, "a"), STORE_DAMAGED);
        scratch_sql(s, "ROLLBACK TO whole; RELEASE whole");
        assert_reason(clocks_check(s, NOW, UP, "a"), OK);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_no_mark_yet),
        CASE(test_set_back),
        CASE(test_set_back_between_logins),
        CASE(test_once_a_minute),
        CASE(test_after_a_quick_boot),
        CASE(test_small_steps),
        CASE(test_boot_unknown),
        CASE(test_repair),
        CASE(test_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
