/* How does a call fail that jansson, OpenSSL or SQLite makes? Through the doors that each of
 * them has for its allocator, and SQLite for its system calls. */
#include "tests/faults/inject.h"

#include <errno.h>
#include <jansson.h>
#include <malloc.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* Not the wrapped ones: these ask for themselves. */
void *__real_malloc(size_t len);
void *__real_realloc(void *p, size_t len);

static void *
some(size_t len)
{
    return inject_now() ? NULL : __real_malloc(len);
}

/* OpenSSL 3.0 writes to what it did not get here (sskdf_new). A judge that dies gives no
 * answer, which is a refusal, but here it would end the test. */
static bool
openssl_dies(const char *file)
{
    return strstr(file, "sskdf.c") != NULL;
}

static void *
openssl_some(size_t len, const char *file, int line)
{
    (void)line;
    if (len == 0) {
        return NULL;
    }
    return openssl_dies(file) ? __real_malloc(len) : some(len);
}

static void *
openssl_more(void *p, size_t len, const char *file, int line)
{
    (void)file;
    (void)line;
    return inject_now() ? NULL : __real_realloc(p, len);
}

static void
openssl_free(void *p, const char *file, int line)
{
    (void)file;
    (void)line;
    free(p);
}

static void *
sqlite_some(int len)
{
    return some((size_t)len);
}

static void *
sqlite_more(void *p, int len)
{
    return inject_now() ? NULL : __real_realloc(p, (size_t)len);
}

static int
sqlite_size(void *p)
{
    return p == NULL ? 0 : (int)malloc_usable_size(p);
}

static int
sqlite_round(int len)
{
    return (len + 7) & ~7;
}

static int
sqlite_start(void *context)
{
    (void)context;
    return SQLITE_OK;
}

static void
sqlite_end(void *context)
{
    (void)context;
}

#define SYSTEM_CALLS(X)                                                           \
    X(int, open, (const char *a, int b, int c), (a, b, c))                        \
    X(int, access, (const char *a, int b), (a, b))                                \
    X(int, stat, (const char *a, struct stat *b), (a, b))                         \
    X(int, fstat, (int a, struct stat *b), (a, b))                                \
    X(int, ftruncate, (int a, off_t b), (a, b))                                   \
    X(int, fcntl, (int a, int b, void *c), (a, b, c))                             \
    X(ssize_t, read, (int a, void *b, size_t c), (a, b, c))                       \
    X(ssize_t, pread, (int a, void *b, size_t c, off_t d), (a, b, c, d))          \
    X(ssize_t, pread64, (int a, void *b, size_t c, off_t d), (a, b, c, d))        \
    X(ssize_t, write, (int a, const void *b, size_t c), (a, b, c))                \
    X(ssize_t, pwrite, (int a, const void *b, size_t c, off_t d), (a, b, c, d))   \
    X(ssize_t, pwrite64, (int a, const void *b, size_t c, off_t d), (a, b, c, d)) \
    X(int, unlink, (const char *a), (a))

/* Each keeps the real call that it stands in for. */
#define DEFINE(type, name, parameters, arguments) \
    static type(*real_##name) parameters;         \
    static type fail_##name parameters            \
    {                                             \
        if (inject_now()) {                       \
            errno = EIO;                          \
            return -1;                            \
        }                                         \
        return real_##name arguments;             \
    }
SYSTEM_CALLS(DEFINE)

static void *(*real_mmap)(void *a, size_t b, int c, int d, int e, off_t f);

static void *
fail_mmap(void *a, size_t b, int c, int d, int e, off_t f)
{
    return inject_now() ? MAP_FAILED : real_mmap(a, b, c, d, e, f);
}

/* After some faults SQLite tries again for ten seconds, longer each time (a judge's own
 * deadline comes first); here there is nobody to wait for. */
static int
no_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return microseconds;
}

#define TAKE(name)                                                                   \
    do {                                                                             \
        real_##name = (__typeof__(real_##name))vfs->xGetSystemCall(vfs, #name);      \
        if (real_##name != NULL) {                                                   \
            (void)vfs->xSetSystemCall(vfs, #name, (sqlite3_syscall_ptr)fail_##name); \
        }                                                                            \
    } while (0);
#define TAKE_ROW(type, name, parameters, arguments) TAKE(name)

void
inject_into_libraries(void)
{
    static const sqlite3_mem_methods methods = {sqlite_some, free,         sqlite_more,
                                                sqlite_size, sqlite_round, sqlite_start,
                                                sqlite_end,  NULL};
    sqlite3_vfs *vfs = NULL;

    json_set_alloc_funcs(some, free);
    if (CRYPTO_set_mem_functions(openssl_some, openssl_more, openssl_free) != 1 ||
        sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK ||
        sqlite3_initialize() != SQLITE_OK) {
        abort(); /* a run without faults would pass and prove nothing */
    }
    vfs = sqlite3_vfs_find(NULL);
    SYSTEM_CALLS(TAKE_ROW)
    TAKE(mmap)
    vfs->xSleep = no_sleep;
}
