/* Is the entry of a new log on the disk before anything stands in the log, and is no commit
 * kept waiting for it afterwards? */
#include "tests/unit/support/scratch.h"

#include "lib/store/connect.h"
#include "lib/store/revocations.h"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static unsigned directories; /* that were synced */

static void
note(int fd)
{
    struct stat st = {0};

    directories += fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) ? 1 : 0;
}

/* In the place of the C library's, for this program and for the SQLite that it is linked with.
 */
#define VISIBLE __attribute__((visibility("default")))

VISIBLE int fsync(int fd);
VISIBLE int fdatasync(int fd);

int
fsync(int fd)
{
    note(fd);
    return (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
    note(fd);
    return (int)syscall(SYS_fdatasync, fd);
}

static void
open_without_log(struct scratch *s)
{
    pjwt_drop_store(&s->store);
    assert_int_equal(unlink(scratch_path(s, "state/sessions.db-wal")), 0);
    (void)unlink(scratch_path(s, "state/sessions.db-shm"));
    directories = 0;
    assert_reason(pjwt_store_open(scratch_path(s, "state"), &s->store, NULL), OK);
}

static void
test_new_log(void **state)
{
    struct scratch *s = *state;

    assert_reason(pjwt_connect_settle(s->store->db), OK);
    open_without_log(s);
    assert_int_equal(directories, 1);
    assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), OK);
    assert_true(directories > 1); /* control: SQLite's own is seen, too */
    directories = 0;
    scratch_reopen(s);
    assert_reason(pjwt_block_add(s->store, "bob", 1, 0, "root", ""), OK);
    assert_int_equal(directories, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_new_log, scratch_store_setup, scratch_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
