/* Is nothing believed that stands in an index of the log which nobody held, and is it neither
 * cut nor given away anew for that? */
#include "tests/unit/support/scratch.h"

#include "lib/base/own.h"
#include "lib/store/db.h"
#include "lib/store/revocations.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define INDEX       "state/sessions.db-shm"
#define INDEX_BYTES 32768

static unsigned cuts;   /* calls that made a file shorter or longer, */
static unsigned givers; /* or gave it to somebody */

/* In the place of the C library's. */
#define VISIBLE __attribute__((visibility("default")))

VISIBLE int ftruncate(int fd, off_t size);
VISIBLE int ftruncate64(int fd, off_t size);
VISIBLE int fchown(int fd, uid_t uid, gid_t gid);

int
ftruncate(int fd, off_t size)
{
    cuts++;
    return (int)syscall(SYS_ftruncate, fd, size);
}

int
ftruncate64(int fd, off_t size)
{
    return ftruncate(fd, size);
}

int
fchown(int fd, uid_t uid, gid_t gid)
{
    givers++;
    return (int)syscall(SYS_fchown, fd, uid, gid);
}

static void
read_index(struct scratch *s, char bytes[INDEX_BYTES])
{
    PJWT_AUTO(fd) int fd = open(scratch_path(s, INDEX), O_RDONLY | O_CLOEXEC);

    assert_int_equal(read(fd, bytes, INDEX_BYTES), INDEX_BYTES);
}

static void
write_index(struct scratch *s, const char *bytes, size_t len)
{
    PJWT_AUTO(fd)
    int fd = open(scratch_path(s, INDEX), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    assert_int_equal(write(fd, bytes, len), len);
}

static void
block(struct scratch *s, const char *user)
{
    assert_reason(pjwt_block_add(s->store, user, 1, 0, "root", ""), OK);
}

static void
assert_blocks(struct scratch *s, int64_t count)
{
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM blocks"), count);
}

/* As it stood one commit ago: sound in itself, and of the same log. */
static void
test_stale_index(void **state)
{
    struct scratch *s = *state;
    static char stale[INDEX_BYTES];

    block(s, "eve");
    read_index(s, stale);
    block(s, "bob");
    pjwt_drop_store(&s->store);
    write_index(s, stale, sizeof(stale));
    assert_reason(pjwt_store_open(scratch_path(s, "state"), &s->store, NULL), OK);
    assert_blocks(s, 2);
    block(s, "ann");
    scratch_reopen(s);
    assert_blocks(s, 3);
}

static void
test_index_of_nonsense(void **state)
{
    static const size_t sizes[] = {
        0, 1, 3, 4096, 32767, INDEX_BYTES, INDEX_BYTES + 1, 2 * INDEX_BYTES};
    struct scratch *s = *state;
    static char nonsense[2 * INDEX_BYTES];

    memset(nonsense, 0xa5, sizeof(nonsense));
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        char user[2] = {(char)('a' + i), '\0'};

        block(s, user);
        pjwt_drop_store(&s->store);
        write_index(s, nonsense, sizes[i]);
        cuts = 0;
        assert_reason(pjwt_store_open(scratch_path(s, "state"), &s->store, NULL), OK);
        assert_blocks(s, (int64_t)i + 1);
        assert_int_equal(cuts == 0, sizes[i] == INDEX_BYTES);
    }
}

/* What a write would have to make room for is not taken as it is. */
static void
test_index_with_holes(void **state)
{
    struct scratch *s = *state;

    block(s, "eve");
    pjwt_drop_store(&s->store);
    write_index(s, "", 0);
    assert_int_equal(truncate(scratch_path(s, INDEX), INDEX_BYTES), 0);
    cuts = 0;
    assert_reason(pjwt_store_open(scratch_path(s, "state"), &s->store, NULL), OK);
    assert_int_not_equal(cuts, 0);
    assert_blocks(s, 1);
}

/* Only SQLite's cut of an index is another thing than it says. */
static void
test_other_cuts(void **state)
{
    static const off_t sizes[] = {0, 1, 2, 4, 4096, INDEX_BYTES - 1};
    static char bytes[INDEX_BYTES];
    struct scratch *s = *state;
    sqlite3_vfs *vfs = sqlite3_vfs_find("unix");
    int (*cut)(int, off_t) = (int (*)(int, off_t))vfs->xGetSystemCall(vfs, "ftruncate");

    memset(bytes, 0xa5, sizeof(bytes));
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        PJWT_AUTO(fd)
        int fd = open(scratch_path(s, "file"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        struct stat st = {0};
        char first = 0;

        assert_int_equal(pwrite(fd, bytes, sizeof(bytes), 0), sizeof(bytes));
        assert_int_equal(cut(fd, sizes[i]), 0);
        assert_int_equal(fstat(fd, &st), 0);
        assert_int_equal(st.st_size, sizes[i]);
        assert_true(sizes[i] == 0 || (pread(fd, &first, 1, 0) == 1 && first == bytes[0]));
    }
}

static void
test_owner(void **state)
{
    struct scratch *s = *state;

    if (geteuid() != 0) {
        skip(); /* only root gives files away */
    }
    givers = 0;
    scratch_reopen(s);
    assert_int_equal(givers, 0);
    pjwt_drop_store(&s->store);
    assert_int_equal(chown(scratch_path(s, INDEX), 0, 1), 0);
    assert_reason(pjwt_store_open(scratch_path(s, "state"), &s->store, NULL), OK);
    assert_int_equal(givers, 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_stale_index),
        CASE(test_index_of_nonsense),
        CASE(test_index_with_holes),
        CASE(test_other_cuts),
        CASE(test_owner),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
