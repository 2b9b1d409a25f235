/* Is a file believed only when nobody else could have changed it? */
#include "tests/unit/support/scratch.h"

#include "lib/base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define OTHER_UID 12345

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

/* The words must name the component at fault, and no deeper one. */
static void
assert_blames(struct scratch *s, const char *name, const char *words)
{
    const char *path = scratch_path(s, name);

    assert_int_equal(strncmp(why.text, path, strlen(path)), 0);
    assert_int_not_equal(why.text[strlen(path)], '/');
    assert_non_null(strstr(why.text, words));
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
test_modes_of_a_public_file(void **state)
{
    struct scratch *s = *state;

    set_mode(s, "a/b/file", 0664);
    assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_UNSAFE);
    assert_blames(s, "a/b/file", "0664");
    set_mode(s, "a/b/file", 0646);
    assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_UNSAFE);
    assert_blames(s, "a/b/file", "others may change it");
    set_mode(s, "a/b/file", 01646); /* the sticky bit saves directories on the way alone */
    assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_UNSAFE);
    set_mode(s, "a/b/file", 0444);
    assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_OK);
}

static void
test_modes_of_a_secret_file(void **state)
{
    static const mode_t bad[] = {0640, 0604, 0610, 0601, 0620, 0602};
    struct scratch *s = *state;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        set_mode(s, "a/b/file", bad[i]);
        assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_SECRET), PJWT_FILE_UNSAFE);
    }
    set_mode(s, "a/b/file", 0644);
    assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_SECRET), PJWT_FILE_UNSAFE);
    assert_blames(s, "a/b/file", "others may read it");
    set_mode(s, "a/b/file", 0600);
    assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_SECRET), PJWT_FILE_OK);
}

static void
test_modes_on_the_way(void **state)
{
    static const char *const way[] = {"a", "a/b"};
    struct scratch *s = *state;

    for (size_t i = 0; i < 2; i++) {
        set_mode(s, way[i], 0775);
        assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_UNSAFE);
        assert_blames(s, way[i], "0775");
        set_mode(s, way[i], 0757);
        assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_UNSAFE);
        assert_blames(s, way[i], "0757");
        set_mode(s, way[i], 01777);
        assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_OK);
        set_mode(s, way[i], 0755);
    }
}

static void
test_directories(void **state)
{
    struct scratch *s = *state;

    assert_int_equal(try_open(s, "a/b", PJWT_FILE_DIR), PJWT_FILE_OK);
    assert_int_equal(try_open(s, "a/b/", PJWT_FILE_DIR), PJWT_FILE_OK);
    assert_int_equal(try_open(s, "a/b", PJWT_FILE_SECRET_DIR), PJWT_FILE_UNSAFE);
    set_mode(s, "a/b", 0700);
    assert_int_equal(try_open(s, "a/b", PJWT_FILE_SECRET_DIR), PJWT_FILE_OK);
    set_mode(s, "a/b", 01777); /* others could add files to it */
    assert_int_equal(try_open(s, "a/b", PJWT_FILE_DIR), PJWT_FILE_UNSAFE);
    assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_DIR), PJWT_FILE_UNREAD);
    assert_blames(s, "a/b/file", "is not a directory");
}

static void
test_symlink_at_each_component(void **state)
{
    struct scratch *s = *state;
    char target[128];

    (void)snprintf(target, sizeof(target), "%s/a", s->dir);
    assert_int_equal(symlink(target, scratch_path(s, "link")), 0);
    assert_int_equal(try_open(s, "link/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_UNSAFE);
    assert_blames(s, "link", "symbolic link");
    assert_int_equal(symlink("b", scratch_path(s, "a/link")), 0);
    assert_int_equal(try_open(s, "a/link/file", PJWT_FILE_PUBLIC), PJWT_FILE_UNSAFE);
    assert_blames(s, "a/link", "symbolic link");
    assert_int_equal(symlink("file", scratch_path(s, "a/b/link")), 0);
    assert_int_equal(try_open(s, "a/b/link", PJWT_FILE_PUBLIC), PJWT_FILE_UNSAFE);
    assert_blames(s, "a/b/link", "symbolic link");
    assert_int_equal(try_open(s, "a/link", PJWT_FILE_DIR), PJWT_FILE_UNSAFE);
    assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_OK);
}

static void
test_not_regular(void **state)
{
    struct scratch *s = *state;
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int rc = 0;

    assert_int_equal(try_open(s, "a/b", PJWT_FILE_PUBLIC), PJWT_FILE_UNREAD);
    assert_blames(s, "a/b", "is not a regular file");
    assert_int_equal(mkfifo(scratch_path(s, "a/fifo"), 0600), 0);
    assert_int_equal(try_open(s, "a/fifo", PJWT_FILE_SECRET), PJWT_FILE_UNREAD); /* no wait */
    (void)snprintf(name.sun_path, sizeof(name.sun_path), "%s/a/socket", s->dir);
    rc = bind(fd, (const struct sockaddr *)&name, sizeof(name));
    assert_int_equal(rc, 0);
    set_mode(s, "a/socket", 0600);
    assert_int_equal(try_open(s, "a/socket", PJWT_FILE_SECRET), PJWT_FILE_UNREAD);
    assert_int_equal(close(fd), 0);
    assert_int_equal(try_open(s, "a/b/file/more", PJWT_FILE_PUBLIC), PJWT_FILE_UNREAD);
    assert_blames(s, "a/b/file", "is not a directory");
}

static void
test_missing(void **state)
{
    struct scratch *s = *state;

    assert_int_equal(try_open(s, "a/b/none", PJWT_FILE_PUBLIC), PJWT_FILE_MISSING);
    assert_blames(s, "a/b/none", "No such file");
    assert_int_equal(try_open(s, "a/none/file", PJWT_FILE_PUBLIC), PJWT_FILE_MISSING);
    assert_blames(s, "a/none", "No such file");
}

static void
test_paths_that_are_none(void **state)
{
    struct scratch *s = *state;
    char longest[PATH_MAX + 2];
    char name[NAME_MAX + 2];
    int fd = -1;

    assert_int_equal(pjwt_file_open("a/b/file", PJWT_FILE_PUBLIC, &fd, &why), PJWT_FILE_UNREAD);
    assert_int_equal(pjwt_file_open("", PJWT_FILE_PUBLIC, &fd, &why), PJWT_FILE_UNREAD);
    memset(longest, '/', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    assert_int_equal(pjwt_file_open(longest, PJWT_FILE_DIR, &fd, &why), PJWT_FILE_UNREAD);
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    assert_int_equal(try_open(s, name, PJWT_FILE_PUBLIC), PJWT_FILE_UNREAD);
    name[NAME_MAX] = '\0'; /* the longest that there can be */
    assert_int_equal(try_open(s, name, PJWT_FILE_PUBLIC), PJWT_FILE_MISSING);
    assert_int_equal(fd, -1);
    assert_int_equal(pjwt_file_open("/", PJWT_FILE_DIR, &fd, NULL), PJWT_FILE_OK);
    assert_int_equal(close(fd), 0);
}

static void
test_owner_of_each_component(void **state)
{
    static const char *const names[] = {"a", "a/b", "a/b/file"};
    struct scratch *s = *state;

    if (geteuid() != 0) {
        skip(); /* only root can give a file away */
    }
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(chown(scratch_path(s, names[i]), OTHER_UID, (gid_t)-1), 0);
        assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_UNSAFE);
        assert_blames(s, names[i], "belongs to uid 12345");
        assert_int_equal(chown(scratch_path(s, names[i]), 0, (gid_t)-1), 0);
        assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_OK);
    }
    set_mode(s, "a", 01777); /* the sticky bit does not excuse who owns the directory */
    assert_int_equal(chown(scratch_path(s, "a"), OTHER_UID, (gid_t)-1), 0);
    assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_UNSAFE);
}

static void
test_no_permission(void **state)
{
    struct scratch *s = *state;
    int fd = -1;

    if (geteuid() == 0) {
        skip(); /* nothing is forbidden to root */
    }
    set_mode(s, "a/b/file", 0);
    assert_int_equal(pjwt_file_open(scratch_path(s, "a/b/file"), PJWT_FILE_PUBLIC, &fd, &why),
                     PJWT_FILE_UNREAD);
    set_mode(s, "a/b/file", 0644);
    set_mode(s, "a/b", 0);
    assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_UNREAD);
    set_mode(s, "a/b", 0100); /* to pass through is enough */
    assert_int_equal(try_open(s, "a/b/file", PJWT_FILE_PUBLIC), PJWT_FILE_OK);
    set_mode(s, "a/b", 0700);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_modes_of_a_public_file),
        CASE(test_modes_of_a_secret_file),
        CASE(test_modes_on_the_way),
        CASE(test_directories),
        CASE(test_symlink_at_each_component),
        CASE(test_not_regular),
        CASE(test_missing),
        CASE(test_paths_that_are_none),
        CASE(test_owner_of_each_component),
        CASE(test_no_permission),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
