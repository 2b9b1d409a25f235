/* Did the module start this judge with the care that it promises? */
#include "tests/pam/rogue/rogue.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ;

static bool
is_null(int fd)
{
    struct stat st = {0};
    struct stat null = {0};

    return fstat(fd, &st) == 0 && stat("/dev/null", &null) == 0 && st.st_rdev == null.st_rdev &&
           S_ISCHR(st.st_mode);
}

static bool
descriptors(void)
{
    DIR *dir = opendir("/proc/self/fd");
    struct dirent *entry = NULL;
    bool good = dir != NULL && is_null(0) && is_null(1) && is_null(2);

    while (good && (entry = readdir(dir)) != NULL) {
        long fd = strtol(entry->d_name, NULL, 10);

        good = entry->d_name[0] == '.' || fd <= TALK || fd == dirfd(dir);
    }
    return good;
}

static bool
signals(void)
{
    sigset_t mask;

    if (sigprocmask(SIG_SETMASK, NULL, &mask) != 0) {
        return false;
    }
    for (int s = 1; s < NSIG; s++) {
        struct sigaction action = {0};

        if (sigismember(&mask, s) == 1 ||
            (sigaction(s, NULL, &action) == 0 && action.sa_handler == SIG_IGN)) {
            return false;
        }
    }
    return true;
}

static bool
limits(void)
{
    struct rlimit core = {1, 1};
    struct rlimit files = {0, 0};
    struct rlimit size = {0, 0};

    return getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 && core.rlim_max == 0 &&
           getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur >= 32 &&
           getrlimit(RLIMIT_FSIZE, &size) == 0 && size.rlim_cur == RLIM_INFINITY;
}

static bool
place(void)
{
    char cwd[PATH_MAX] = "";
    mode_t mask = umask(077);

    return mask == 077 && getcwd(cwd, sizeof(cwd)) != NULL && strcmp(cwd, "/") == 0 &&
           environ[0] == NULL && getsid(0) != getsid(rogue_host());
}

/* Root's judge is root wholly; somebody else's is nobody new. */
static bool
ids(void)
{
    uid_t u[3] = {1, 1, 1};
    gid_t g[3] = {1, 1, 1};

    if (getresuid(&u[0], &u[1], &u[2]) != 0 || getresgid(&g[0], &g[1], &g[2]) != 0) {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        if (u[i] != u[0] || g[i] != g[0] || (u[0] == 0 && g[i] != 0)) {
            return false;
        }
    }
    return u[0] != 0 || getgroups(0, NULL) == 0;
}

/* The go-between is our parent: no signal may run the host's handlers in it. */
static bool
go_between(void)
{
    char path[64] = "";
    char line[256] = "";
    unsigned long long blocked = 0;
    FILE *status = NULL;

    (void)snprintf(path, sizeof(path), "/proc/%d/status", (int)getppid());
    status = fopen(path, "re");
    while (status != NULL && fgets(line, sizeof(line), status) != NULL) {
        if (sscanf(line, "SigBlk: %llx", &blocked) == 1) {
            break;
        }
    }
    if (status != NULL) {
        (void)fclose(status);
    }
    return (blocked & 1ULL << (SIGTERM - 1)) != 0 && (blocked & 1ULL << (SIGALRM - 1)) != 0;
}

bool
rogue_in_good_order(int argc, char **argv)
{
    bool asked = argc == 3 && strcmp(argv[1], "--config") == 0 && argv[2][0] == '/';

    return asked && descriptors() && signals() && limits() && place() && ids() && go_between();
}
