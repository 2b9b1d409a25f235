/* What stands in the files that a parser reads? The fuzzer's input: the linker puts these
 * in the place of the real ones (--wrap), so that no code under test has a door for tests. */
#include "tests/fuzz/support/fuzz.h"

#include "lib/base/file.h"

#include <stdlib.h>
#include <string.h>

static const void *held;
static size_t held_len;
static const char *held_secret;

void
fuzz_files_hold(const void *bytes, size_t len)
{
    held = bytes;
    held_len = len;
}

static const char *maps;

void
fuzz_files_hold_maps(const char *text)
{
    maps = text;
}

static bool
is_map(const char *path)
{
    size_t len = strlen(path);

    return maps != NULL && len > 6 && strcmp(path + len - 6, ".users") == 0;
}

void
fuzz_files_hold_secret(const char *text)
{
    held_secret = text;
}

enum pjwt_file __real_pjwt_file_read(const char *path, enum pjwt_file_kind kind, size_t max,
                                     char **bytes, size_t *len, struct pjwt_why *why);
enum pjwt_file __wrap_pjwt_file_read(const char *path, enum pjwt_file_kind kind, size_t max,
                                     char **bytes, size_t *len, struct pjwt_why *why);

enum pjwt_file
__wrap_pjwt_file_read(const char *path, enum pjwt_file_kind kind, size_t max, char **bytes,
                      size_t *len, struct pjwt_why *why)
{
    bool secret = kind == PJWT_FILE_SECRET && held_secret != NULL;
    const char *text = secret ? held_secret : is_map(path) ? maps : NULL;
    const void *from = text != NULL ? text : held;
    size_t from_len = text != NULL ? strlen(text) : held_len;
    char *copy = NULL;

    if (from == NULL) {
        return __real_pjwt_file_read(path, kind, max, bytes, len, why);
    }
    if (from_len > max) {
        return PJWT_FILE_LONG;
    }
    copy = malloc(from_len + 1);
    if (copy == NULL) {
        return PJWT_FILE_MEMORY;
    }
    memcpy(copy, from, from_len);
    copy[from_len] = '\0';
    *bytes = copy;
    *len = from_len;
    return PJWT_FILE_OK;
}

enum pjwt_file __real_pjwt_file_open(const char *path, enum pjwt_file_kind kind, int *fd,
                                     struct pjwt_why *why);
enum pjwt_file __wrap_pjwt_file_open(const char *path, enum pjwt_file_kind kind, int *fd,
                                     struct pjwt_why *why);

enum pjwt_file
__wrap_pjwt_file_open(const char *path, enum pjwt_file_kind kind, int *fd, struct pjwt_why *why)
{
    return held == NULL ? __real_pjwt_file_open(path, kind, fd, why) : PJWT_FILE_MISSING;
}

enum pjwt_file __real_pjwt_file_check(const char *path, enum pjwt_file_kind kind,
                                      struct pjwt_why *why);
enum pjwt_file __wrap_pjwt_file_check(const char *path, enum pjwt_file_kind kind,
                                      struct pjwt_why *why);

enum pjwt_file
__wrap_pjwt_file_check(const char *path, enum pjwt_file_kind kind, struct pjwt_why *why)
{
    return held == NULL ? __real_pjwt_file_check(path, kind, why) : PJWT_FILE_OK;
}
