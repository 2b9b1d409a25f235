/* Which logins wait for the disk? Those that spend; and whatever waits comes after what does
 * not. */
#include "tests/unit/support/spending.h"

#include "lib/store/change.h"
#include "lib/store/db.h"
#include "lib/store/guard.h"
#include "lib/store/revocations.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FULL   2 /* sqlite.org/pragma.html#pragma_synchronous */
#define NORMAL 1
#define LOG    "state/sessions.db-wal"
#define FRAME  4120

static int64_t
counted(struct scratch *s)
{
    struct pjwt_guard row = {.number = -1};

    assert_reason(pjwt_guard_row(s->store, &row), OK);
    return row.number;
}

static int64_t
marked(struct scratch *s)
{
    struct pjwt_guard guard = {.number = -1};

    assert_reason(pjwt_guard_read(s->store->guard, &guard, NULL), OK);
    return guard.number;
}

static struct pjwt_grant
good_again(void)
{
    struct pjwt_grant grant = spending_token;

    grant.one_time = false;
    return grant;
}

static void
test_only_what_spends_waits(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant again = good_again();
    int64_t before = counted(s);

    assert_reason(spending_admit(s, &again, NOW), OK);
    assert_int_equal(scratch_number(s, "PRAGMA synchronous"), NORMAL);
    assert_int_equal(counted(s), before);
    assert_int_equal(marked(s), before);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM handoffs"), 1);
    assert_reason(spending_admit(s, &spending_token, NOW), OK);
    assert_int_equal(scratch_number(s, "PRAGMA synchronous"), FULL);
    assert_int_equal(counted(s), before + 1);
    assert_int_equal(marked(s), before + 1);
}

/* Whatever else is written on the same connection waits again. */
static void
test_the_next_change_waits(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant again = good_again();
    int64_t before = 0;

    assert_reason(spending_admit(s, &again, NOW), OK);
    before = counted(s);
    assert_reason(pjwt_block_add(s->store, "eve", NOW, 0, "root", ""), OK);
    assert_int_equal(scratch_number(s, "PRAGMA synchronous"), FULL);
    assert_int_equal(marked(s), before + 1);
    assert_reason(spending_admit(s, &again, NOW), OK);
    assert_reason(pjwt_block_remove(s->store, "eve"), OK);
    assert_int_equal(scratch_number(s, "PRAGMA synchronous"), FULL);
}

static void
flip_behind(struct scratch *s, off_t from)
{
    int fd = open(scratch_path(s, LOG), O_RDWR | O_CLOEXEC);
    struct stat st = {0};
    unsigned char byte = 0;

    assert_true(fd >= 0 && fstat(fd, &st) == 0);
    assert_true(st.st_size > from);
    for (off_t at = from + 2000; at < st.st_size; at += FRAME) {
        assert_int_equal(pread(fd, &byte, 1, at), 1);
        byte ^= 1;
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    }
    assert_int_equal(close(fd), 0);
}

/* What another process writes behind such a login is no less looked at for it. */
static void
test_frames_behind_it_are_checked(void **state)
{
    struct scratch *s = *state;
    struct pjwt_grant again = good_again();
    struct pjwt_store *other = NULL;
    struct pjwt_report report = {0};
    struct stat ours = {0};

    assert_reason(pjwt_store_open(scratch_path(s, "state"), &other, NULL), OK);
    assert_reason(spending_admit(s, &again, NOW), OK);
    assert_int_equal(stat(scratch_path(s, LOG), &ours), 0);
    assert_reason(pjwt_block_add(other, "alice", NOW, 0, "root", ""), OK);
    assert_reason(pjwt_revocation_check(s->store, &again, NOW, &report), USER_BLOCKED);
    assert_reason(pjwt_block_add(other, "alice", NOW, 0, "root", "again"), OK);
    flip_behind(s, ours.st_size);
    assert_reason(pjwt_revocation_check(s->store, &again, NOW, &report), STORE_DAMAGED);
    pjwt_store_close(other);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_only_what_spends_waits),
        CASE(test_the_next_change_waits),
        CASE(test_frames_behind_it_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
