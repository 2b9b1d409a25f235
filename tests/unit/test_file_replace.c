/* Is a file read and written whole, or not at all? */
#include "tests/unit/support/scratch.h"

#include "lib/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static struct pjwt_why why;

/* Opens dir/name; what comes back is closed again. */
static enum pjwt_file
try_open(struct scratch *s, const char *name, enum pjwt_file_kind kind)
{
    int fd = -1;
    enum pjwt_file outcome = PJWT_FILE_OK;

    pjwt_why_clear(&why);
    outcome = pjwt_file_open(scratch_path(s, name), kind, &fd, &why);
    assert_int_equal(outcome == PJWT_FILE_OK, fd >= 0);
    assert_int_equal(pjwt_file_check(scratch_path(s, name), kind, &why), outcome);
    if (fd >= 0) {
        assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
        assert_int_equal(close(fd), 0);
    }
    return outcome;
}

/* a/b/file, sound: the control from which each test departs by one thing. */
static int
setup(void **state)
{
    struct scratch *s = NULL;

    (void)scratch_setup(state);
    s = *state;
    scratch_mkdir(s, "a", 0755);
    scratch_mkdir(s, "a/b", 0755);
    scratch_write(s, "a/b/file", "text", 0644);
    assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_OK);
    return 0;
}

static void
set_mode(struct scratch *s, const char *name, mode_t mode)
{
    assert_int_equal(chmod(scratch_path(s, name), mode), 0);
}

static void
test_read(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(text) char *bytes = NULL;
    size_t len = 0;

    assert_int_equal(
        pjwt_file_read(scratch_path(s, "a/b/file"), PJWT_FILE_PUBLIC, 3, &bytes, &len, &why),
        PJWT_FILE_LONG);
    assert_null(bytes);
    assert_int_equal(
        pjwt_file_read(scratch_path(s, "a/b/file"), PJWT_FILE_SECRET, 4, &bytes, &len, &why),
        PJWT_FILE_UNSAFE);
    assert_int_equal(
        pjwt_file_read(scratch_path(s, "a/b/file"), PJWT_FILE_PUBLIC, 4, &bytes, &len, &why),
        PJWT_FILE_OK);
    assert_int_equal(len, 4);
    assert_string_equal(bytes, "text");
}

static void
test_read_empty(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(text) char *bytes = NULL;
    size_t len = 7;

    scratch_write(s, "a/b/file", "", 0644);
    assert_int_equal(
        pjwt_file_read(scratch_path(s, "a/b/file"), PJWT_FILE_PUBLIC, 0, &bytes, &len, &why),
        PJWT_FILE_OK);
    assert_int_equal(len, 0);
    assert_string_equal(bytes, "");
}

static void
assert_holds(struct scratch *s, const char *name, const char *text)
{
    PJWT_AUTO(text) char *bytes = NULL;
    size_t len = 0;

    assert_int_equal(
        pjwt_file_read(scratch_path(s, name), PJWT_FILE_PUBLIC, 99, &bytes, &len, &why),
        PJWT_FILE_OK);
    assert_string_equal(bytes, text);
}

static void
test_replace(void **state)
{
    struct scratch *s = *state;
    mode_t mask = umask(0777); /* the mode is exact, whatever the umask */

    assert_int_equal(pjwt_file_replace(scratch_path(s, "a/b/file"), "new", 3, 0644, &why),
                     PJWT_FILE_OK);
    assert_int_equal(pjwt_file_replace(scratch_path(s, "a/b/other"), "", 0, 0600, &why),
                     PJWT_FILE_OK);
    (void)umask(mask);
    assert_holds(s, "a/b/file", "new");
    assert_holds(s, "a/b/other", "");
    assert_int_equal(scratch_mode(s, "a/b/file"), 0644);
    assert_int_equal(scratch_mode(s, "a/b/other"), 0600);
}

/* A link in the place of the file is replaced, not followed. */
static void
test_replace_does_not_follow(void **state)
{
    struct scratch *s = *state;

    assert_int_equal(symlink("file", scratch_path(s, "a/b/link")), 0);
    assert_int_equal(pjwt_file_replace(scratch_path(s, "a/b/link"), "new", 3, 0644, &why),
                     PJWT_FILE_OK);
    assert_holds(s, "a/b/file", "text");
    assert_holds(s, "a/b/link", "new");
}

static void
test_replace_refused(void **state)
{
    struct scratch *s = *state;

    set_mode(s, "a/b", 0775);
    assert_int_equal(pjwt_file_replace(scratch_path(s, "a/b/file"), "new", 3, 0644, &why),
                     PJWT_FILE_UNSAFE);
    set_mode(s, "a/b", 0755);
    assert_holds(s, "a/b/file", "text");
    assert_int_equal(pjwt_file_replace(scratch_path(s, "a/none/file"), "new", 3, 0644, &why),
                     PJWT_FILE_MISSING);
    scratch_mkdir(s, "c", 0755);
    scratch_mkdir(s, "c/taken", 0755);
    assert_int_equal(pjwt_file_replace(scratch_path(s, "c/taken"), "new", 3, 0644, &why),
                     PJWT_FILE_UNREAD);
    assert_int_equal(rmdir(scratch_path(s, "c/taken")), 0);
    assert_int_equal(rmdir(scratch_path(s, "c")), 0); /* no temporary file is left */
}

/* What a replacement that was killed left goes, and nothing else. */
static void
test_sweep(void **state)
{
    static const char *const kept[] = {"a/b/file",
                                       "a/b/.new-",
                                       "a/b/.new-0123456789abcde",
                                       "a/b/.new-0123456789abcdef0",
                                       "a/b/.new-0123456789ABCDEF",
                                       "a/b/new-0123456789abcdef"};
    struct scratch *s = *state;

    for (size_t i = 1; i < sizeof(kept) / sizeof(kept[0]); i++) {
        scratch_write(s, kept[i], "text", 0600);
    }
    scratch_write(s, "a/b/.new-0123456789abcdef", "a secret", 0600);
    scratch_mkdir(s, "a/b/.new-fedcba9876543210", 0700);
    pjwt_file_sweep(scratch_path(s, "a/none"));
    pjwt_file_sweep(scratch_path(s, "a/b"));
    assert_int_equal(access(scratch_path(s, "a/b/.new-0123456789abcdef"), F_OK), -1);
    assert_int_equal(access(scratch_path(s, "a/b/.new-fedcba9876543210"), F_OK), 0);
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
        assert_int_equal(access(scratch_path(s, kept[i]), F_OK), 0);
    }
}

static void
test_make_dir(void **state)
{
    struct scratch *s = *state;
    mode_t mask = umask(0777);
    bool made = false;

    assert_int_equal(
        pjwt_file_make_dir(scratch_path(s, "x/y/z"), PJWT_FILE_SECRET_DIR, 0700, &made, &why),
        PJWT_FILE_OK);
    (void)umask(mask);
    assert_true(made);
    assert_int_equal(scratch_mode(s, "x"), 0755);
    assert_int_equal(scratch_mode(s, "x/y"), 0755);
    assert_int_equal(scratch_mode(s, "x/y/z"), 0700);
    assert_int_equal(
        pjwt_file_make_dir(scratch_path(s, "x/y/z"), PJWT_FILE_SECRET_DIR, 0700, &made, &why),
        PJWT_FILE_OK);
    assert_false(made);
}

static void
test_make_dir_refused(void **state)
{
    struct scratch *s = *state;

    assert_int_equal(
        pjwt_file_make_dir(scratch_path(s, "a/b"), PJWT_FILE_SECRET_DIR, 0700, NULL, &why),
        PJWT_FILE_UNSAFE); /* it exists, and is open to others: it is not mended silently */
    assert_int_equal(scratch_mode(s, "a/b"), 0755);
    assert_int_equal(
        pjwt_file_make_dir(scratch_path(s, "a/b/file"), PJWT_FILE_DIR, 0755, NULL, &why),
        PJWT_FILE_UNREAD);
    assert_int_equal(symlink("b", scratch_path(s, "a/link")), 0);
    assert_int_equal(
        pjwt_file_make_dir(scratch_path(s, "a/link/c"), PJWT_FILE_DIR, 0755, NULL, &why),
        PJWT_FILE_UNSAFE);
    assert_int_equal(access(scratch_path(s, "a/b/c"), F_OK), -1);
    assert_int_equal(
        pjwt_file_make_dir(scratch_path(s, "a/b/c"), PJWT_FILE_DIR, 0755, NULL, &why),
        PJWT_FILE_OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_read),
        CASE(test_read_empty),
        CASE(test_replace),
        CASE(test_replace_does_not_follow),
        CASE(test_replace_refused),
        CASE(test_sweep),
        CASE(test_make_dir),
        CASE(test_make_dir_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
