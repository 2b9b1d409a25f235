/* What is there to log in with? */
#include "tests/faults/house.h"

#include "tests/faults/credentials.h"

#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[64];

struct kept {
    char *bytes;
    size_t len;
};

static struct kept session_file, session_log, session_guard;

static const char *
path_of(const char *name)
{
    static char path[PATH_MAX];

    (void)snprintf(path, sizeof(path), "%s/%s", dir, name);
    return path;
}

const char *
house_config(void)
{
    static char path[PATH_MAX];

    (void)snprintf(path, sizeof(path), "%s/pam_jwt.conf", dir);
    return path;
}

static bool
read_whole(const char *name, struct kept *kept)
{
    FILE *file = fopen(path_of(name), "rb");
    bool good = file != NULL;

    if (good) {
        kept->bytes = malloc(1 << 20);
        kept->len = kept->bytes == NULL ? 0 : fread(kept->bytes, 1, 1 << 20, file);
        good = kept->len > 0;
        (void)fclose(file);
    }
    return good;
}

static bool
write_whole(const char *name, const struct kept *kept)
{
    int fd = open(path_of(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write(fd, kept->bytes, kept->len) == (ssize_t)kept->len;

    if (fd >= 0) {
        good = close(fd) == 0 && good;
    }
    return good;
}

/* In memory where there is such a place: each attempt writes, and waits for the disk. */
static bool
make_dir(void)
{
    (void)snprintf(dir, sizeof(dir), "%s/pjwt-faults-XXXXXX",
                   access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    /* A login's own ticket lies in it, for a user who is not us. */
    return mkdtemp(dir) != NULL && chmod(dir, 0711) == 0;
}

bool
house_build(void)
{
    pid_t child = -1;
    int status = -1;

    if (!make_dir()) {
        return false;
    }
    child = fork();
    if (child == 0) {
        /* _exit leaves the log beside the session file, as after a crash. */
        _exit(credentials_make(dir) ? 0 : 1);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status == 0 &&
           read_whole("state/sessions.db", &session_file) &&
           read_whole("state/sessions.db-wal", &session_log) &&
           read_whole("state/sessions.guard", &session_guard);
}

struct pjwt_secret *
house_credential(const char *name)
{
    struct kept kept = {NULL, 0};
    struct pjwt_secret *secret = NULL;

    if (read_whole(name, &kept)) {
        secret = pjwt_secret_copy(kept.bytes, kept.len);
    }
    free(kept.bytes);
    return secret;
}

bool
house_restore(void)
{
    (void)unlink(path_of("state/sessions.db-shm"));
    return write_whole("state/sessions.db", &session_file) &&
           write_whole("state/sessions.db-wal", &session_log) &&
           write_whole("state/sessions.guard", &session_guard);
}

static int
remove_entry(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
    (void)st;
    (void)kind;
    (void)walk;
    return remove(path);
}

void
house_remove(void)
{
    (void)nftw(dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    free(session_file.bytes);
    free(session_log.bytes);
    free(session_guard.bytes);
}
