#include "lib/store/files.h"

#include "lib/base/own.h"
#include "lib/store/guard_file.h"
#include "lib/store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

pjwt_verdict
pjwt_files_verdict(enum pjwt_file outcome)
{
    switch (outcome) {
    case PJWT_FILE_OK:
        return PJWT_SAY(OK);
    case PJWT_FILE_MISSING:
        return PJWT_SAY(STORE_MISSING);
    case PJWT_FILE_UNSAFE:
        return PJWT_SAY(STORE_UNSAFE);
    case PJWT_FILE_MEMORY:
        return PJWT_SAY(NO_MEMORY);
    case PJWT_FILE_UNREAD:
    case PJWT_FILE_LONG:
        break;
    }
    return PJWT_SAY(STORE_UNREAD);
}

pjwt_verdict
pjwt_files_failed(const char *dir, const char *name, struct pjwt_why *why)
{
    bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;

    pjwt_why_set(why, "%s/%s: %m", dir, name);
    return full ? PJWT_SAY(STORE_FULL) : PJWT_SAY(STORE_UNREAD);
}

pjwt_verdict
pjwt_files_join(const char *dir, const char *name, char path[PATH_MAX], struct pjwt_why *why)
{
    int len = snprintf(path, PATH_MAX, "%s/%s", dir, name);

    if (len < 0 || len >= PATH_MAX) {
        pjwt_why_set(why, "the path of %s is too long", name);
        return PJWT_SAY(STORE_UNREAD);
    }
    return PJWT_SAY(OK);
}

/* SQLite's log and its index come and go. */
pjwt_verdict
pjwt_files_check(const char *dir, int fd, struct pjwt_why *why)
{
    static const char *const names[] = {PJWT_STORE_FILE, PJWT_STORE_FILE "-wal",
                                        PJWT_STORE_FILE "-shm", PJWT_GUARD_FILE};
    char path[PATH_MAX];

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        enum pjwt_file outcome = PJWT_FILE_OK;

        PJWT_TRY(pjwt_files_join(dir, names[i], path, why));
        outcome = pjwt_file_check_in(fd, path, PJWT_FILE_SECRET, why);
        if (outcome == PJWT_FILE_MISSING && i > 0) {
            pjwt_why_clear(why);
            continue;
        }
        PJWT_TRY(pjwt_files_verdict(outcome));
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_files_open_dir(const char *dir, int *fd, struct pjwt_why *why)
{
    return pjwt_files_verdict(pjwt_file_open(dir, PJWT_FILE_SECRET_DIR, fd, why));
}

pjwt_verdict
pjwt_files_open_queue(const char *dir, int fd, int *queue, struct pjwt_why *why)
{
    char path[PATH_MAX];

    PJWT_TRY(pjwt_files_join(dir, PJWT_STORE_QUEUE, path, why));
    return pjwt_files_verdict(pjwt_file_open_in(fd, path, PJWT_FILE_SECRET, queue, why));
}

/* SQLite gives its log and its index the mode and the owner of the session file. */
pjwt_verdict
pjwt_files_make(const char *dir, const char *name, struct pjwt_why *why)
{
    int parent __attribute__((cleanup(pjwt_drop_fd))) = -1;
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;

    PJWT_TRY(pjwt_files_open_dir(dir, &parent, why));
    fd = openat(parent, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST) {
        return PJWT_SAY(OK);
    }
    if (fd < 0 || fchmod(fd, 0600) != 0 || fsync(fd) != 0 || fsync(parent) != 0) {
        return pjwt_files_failed(dir, name, why);
    }
    return PJWT_SAY(OK);
}
