/* A folder of its own for each test, and a session file in it where one is wanted. */
#ifndef PJWT_TEST_SCRATCH_H
#define PJWT_TEST_SCRATCH_H

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/verdict.h"
#include "lib/store/store.h"

#include <sys/types.h>

/* The verdict of `expr` must have exactly this reason. */
#define assert_reason(expr, name) \
    assert_string_equal(pjwt_code(expr), pjwt_code(PJWT_SAY(name)))

struct scratch {
    char dir[64];             /* 0700 */
    char path[PATH_MAX];      /* of scratch_path() */
    struct pjwt_store *store; /* of scratch_store_setup(), in dir/state */
};

/* For cmocka_unit_test_setup_teardown(): `*state` becomes a struct scratch. */
int scratch_setup(void **state);
int scratch_store_setup(void **state);
int scratch_teardown(void **state);

/* dir/name, borrowed until the next call. */
const char *scratch_path(struct scratch *s, const char *name);

/* Makes the file dir/name, of exactly `mode`. */
void scratch_write(struct scratch *s, const char *name, const char *text, mode_t mode);
void scratch_mkdir(struct scratch *s, const char *name, mode_t mode);

/* Removes dir/name and all in it. */
void scratch_remove(struct scratch *s, const char *name);

/* Its permission bits. */
mode_t scratch_mode(struct scratch *s, const char *name);

/* `value` into, or behind what is in, an array of char that must have room for it. */
void scratch_set_text(char *field, size_t size, const char *value);
void scratch_add_text(char *field, size_t size, const char *value);

/* Closes s->store and opens it again. */
void scratch_reopen(struct scratch *s);

/* The number that this SQL gives in s->store. */
int64_t scratch_number(struct scratch *s, const char *sql);

/* Runs SQL in s->store, behind the back of the code under test. */
void scratch_sql(struct scratch *s, const char *sql);

#endif
