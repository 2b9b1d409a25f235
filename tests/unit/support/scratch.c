#include "tests/unit/support/scratch.h"

#include "lib/store/db.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int
scratch_setup(void **state)
{
    struct scratch *s = calloc(1, sizeof(*s));

    assert_non_null(s);
    (void)snprintf(s->dir, sizeof(s->dir), "/tmp/pjwt-scratch-XXXXXX");
    assert_non_null(mkdtemp(s->dir));
    *state = s;
    return 0;
}

int
scratch_store_setup(void **state)
{
    struct pjwt_why why = {""};
    bool made = false;
    struct scratch *s = NULL;

    (void)scratch_setup(state);
    s = *state;
    assert_reason(pjwt_store_init(scratch_path(s, "state"), &made, &why), OK);
    assert_true(made);
    scratch_reopen(s);
    return 0;
}

static int
remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

void
scratch_remove(struct scratch *s, const char *name)
{
    assert_int_equal(nftw(scratch_path(s, name), remove_entry, 16, FTW_DEPTH | FTW_PHYS), 0);
}

int
scratch_teardown(void **state)
{
    struct scratch *s = *state;

    pjwt_store_close(s->store);
    assert_int_equal(nftw(s->dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS), 0);
    free(s);
    return 0;
}

const char *
scratch_path(struct scratch *s, const char *name)
{
    (void)snprintf(s->path, sizeof(s->path), "%s/%s", s->dir, name);
    return s->path;
}

void
scratch_write(struct scratch *s, const char *name, const char *text, mode_t mode)
{
    int fd = open(scratch_path(s, name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    assert_int_equal(fchmod(fd, mode), 0);
    assert_int_equal(close(fd), 0);
}

void
scratch_mkdir(struct scratch *s, const char *name, mode_t mode)
{
    assert_int_equal(mkdir(scratch_path(s, name), 0700), 0);
    assert_int_equal(chmod(scratch_path(s, name), mode), 0);
}

mode_t
scratch_mode(struct scratch *s, const char *name)
{
    struct stat st;

    assert_int_equal(lstat(scratch_path(s, name), &st), 0);
    return st.st_mode & 07777;
}

void
scratch_reopen(struct scratch *s)
{
    struct pjwt_why why = {""};

    pjwt_drop_store(&s->store);
    assert_reason(pjwt_store_open(scratch_path(s, "state"), &s->store, &why), OK);
}

void
scratch_sql(struct scratch *s, const char *sql)
{
    assert_int_equal(sqlite3_exec(s->store->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

void
scratch_set_text(char *field, size_t size, const char *value)
{
    assert_in_range(snprintf(field, size, "%s", value), 0, size - 1);
}

void
scratch_add_text(char *field, size_t size, const char *value)
{
    size_t len = strlen(field);

    scratch_set_text(field + len, size - len, value);
}

int64_t
scratch_number(struct scratch *s, const char *sql)
{
    int64_t number = -1;

    assert_reason(pjwt_db_number(s->store, sql, &number), OK);
    return number;
}
