/* What if the host's descriptors are not as one expects? */
#include "tests/pam/host/host.h"
#include "tests/pam/text.h"

#include <fcntl.h>
#include <sys/stat.h>

static char *
closed_standard(struct house *house)
{
    (void)close(0);
    (void)close(1);
    (void)close(2);
    return host_log_in(house);
}

static char *
closed_input(struct house *house)
{
    (void)close(0);
    return host_log_in(house);
}

/* Many, some above what a limit would allow, none of them close-on-exec: the judge must see
 * none. */
static char *
many_open(struct house *house)
{
    for (int fd = 3; fd < 200; fd++) {
        if (dup2(1, fd) < 0) {
            return text_format("dup2 failed");
        }
    }
    return host_log_in(house);
}

static char *
deleted_directory(struct house *house)
{
    PJWT_AUTO(text) char *dir = text_format("%s/case/gone", house->base);

    if (mkdir(dir, 0700) != 0 || chdir(dir) != 0 || rmdir(dir) != 0) {
        return text_format("cannot stand in a deleted directory");
    }
    return host_log_in(house);
}

/* What the judge writes must be nobody else's, whatever the host's umask. */
static char *
no_umask(struct house *house)
{
    static const char *const files[] = {"sessions.db", "sessions.db-wal", "sessions.db-shm",
                                        "queue.lock",  "sessions.guard",  "sessions.reserve"};
    char *wrong = NULL;

    (void)umask(0);
    wrong = host_log_in(house);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]) && wrong == NULL; i++) {
        PJWT_AUTO(text) char *path = text_format("%s/case/state/%s", house->base, files[i]);
        struct stat st = {0};

        if (stat(path, &st) == 0 && (st.st_mode & 077) != 0) {
            wrong = text_format("%s has mode %o", files[i], st.st_mode & 07777);
        }
    }
    return wrong;
}

const struct host hosts_descriptors[] = {
    {"with descriptors 0 to 2 closed", closed_standard},
    {"with descriptor 0 closed", closed_input},
    {"with 200 descriptors open", many_open},
    {"in a directory that was deleted", deleted_directory},
    {"with umask 0", no_umask},
    {NULL, NULL},
};
