/* Is a clock that jumped ahead believed once it has held, and not before? */
#include "tests/unit/support/clocks.h"

#include "lib/store/change.h"

#include <string.h>

/* A year ahead by mistake, and right again: nobody is refused. */
static void
test_jump_ahead(void **state)
{
    struct scratch *s = *state;
    const int64_t year = 31536000;

    (void)clocks_login(s, NOW, UP, "a");
    assert_reason(clocks_check(s, NOW + year, UP + 10, "a"), OK);
    assert_int_equal(clocks_login(s, NOW + year, UP + 10, "a"), NOW + 10);
    assert_int_equal(clocks_login(s, NOW + year + 600, UP + 610, "a"), NOW + 610);
    assert_reason(clocks_check(s, NOW + 620, UP + 620, "a"), OK);
    assert_int_equal(clocks_login(s, NOW + 700, UP + 700, "a"), NOW + 700);
    assert_reason(clocks_check(s, NOW + 500, UP + 700, "a"),
                  CLOCK_BACK); /* and still no further back */
}

/* What has kept step for an hour is the clock. */
static void
test_jump_that_holds(void **state)
{
    struct scratch *s = *state;
    const int64_t day = 86400;

    (void)clocks_login(s, NOW, UP, "a");
    assert_int_equal(clocks_login(s, NOW + day, UP + 10, "a"), NOW + 10);
    assert_int_equal(clocks_login(s, NOW + day + 3599, UP + 3609, "a"), NOW + 3609);
    assert_int_equal(clocks_login(s, NOW + day + 3600, UP + 3610, "a"), NOW + day + 3600);
    assert_reason(clocks_check(s, NOW + 3700, UP + 3700, "a"), CLOCK_BACK);
}

/* A clock that is being trimmed is still the one that jumped; by more than a minute it is not.
 */
static void
test_jump_that_drifts(void **state)
{
    static const struct {
        int64_t by;
        int64_t mark; /* since NOW */
    } drifts[] = {{-61, 3610}, {-60, 86400 + 3540}, {60, 86400 + 3660}, {61, 3610}};
    struct scratch *s = *state;
    const int64_t day = 86400;

    for (size_t i = 0; i < sizeof(drifts) / sizeof(drifts[0]); i++) {
        scratch_sql(s, "DELETE FROM clock");
        (void)clocks_login(s, NOW, UP, "a");
        (void)clocks_login(s, NOW + day, UP + 10, "a");
        assert_int_equal(clocks_login(s, NOW + day + 3600 + drifts[i].by, UP + 3610, "a"),
                         NOW + drifts[i].mark);
    }
}

/* By how much is counted from the first sight of it: small steps do not add up unseen. */
static void
test_jump_that_creeps(void **state)
{
    struct scratch *s = *state;
    const int64_t day = 86400;

    (void)clocks_login(s, NOW, UP, "a");
    (void)clocks_login(s, NOW + day, UP + 10, "a");
    (void)clocks_login(s, NOW + day + 1800 + 50, UP + 1810, "a");
    assert_int_equal(clocks_login(s, NOW + day + 3600 + 100, UP + 3610, "a"), NOW + 3610);
}

/* Another jump starts the hour again. */
static void
test_two_jumps(void **state)
{
    struct scratch *s = *state;
    const int64_t day = 86400;

    (void)clocks_login(s, NOW, UP, "a");
    (void)clocks_login(s, NOW + day, UP + 10, "a");
    (void)clocks_login(s, NOW + 2 * day, UP + 2000, "a");
    assert_int_equal(clocks_login(s, NOW + 2 * day + 2000, UP + 4000, "a"), NOW + 4000);
    assert_int_equal(clocks_login(s, NOW + 2 * day + 3600, UP + 5600, "a"),
                     NOW + 2 * day + 3600);
}

/* A night switched off: the clock is on probation for an hour, and then believed. */
static void
test_after_a_boot(void **state)
{
    struct scratch *s = *state;
    const int64_t night = 8 * 3600;

    (void)clocks_login(s, NOW, UP, "a");
    assert_reason(clocks_check(s, NOW + night, 30, "b"), OK);
    assert_int_equal(clocks_login(s, NOW + night, 30, "b"), NOW);
    assert_int_equal(clocks_login(s, NOW + night + 60, 90, "b"), NOW + 60);
    assert_int_equal(clocks_login(s, NOW + night + 3600, 3630, "b"), NOW + night + 3600);
    assert_reason(clocks_check(s, NOW + night, 3700, "b"), CLOCK_BACK);
}

/* The first login comes in the very second of the boot. */
static void
test_jump_at_boot(void **state)
{
    struct scratch *s = *state;
    const int64_t night = 8 * 3600;

    (void)clocks_login(s, NOW, UP, "a");
    assert_int_equal(clocks_login(s, NOW + night, 0, "b"), NOW);
    assert_int_equal(clocks_login(s, NOW + night + 3601, 3601, "b"), NOW + night + 3601);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_jump_ahead),       CASE(test_jump_that_holds), CASE(test_jump_that_drifts),
        CASE(test_jump_that_creeps), CASE(test_two_jumps),       CASE(test_after_a_boot),
        CASE(test_jump_at_boot),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
