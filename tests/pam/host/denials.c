/* What does somebody deny who starts a host, or a machine that has no more of it? */
#include "tests/pam/host/denial.h"
#include "tests/pam/host/host.h"
#include "tests/pam/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define HOARD 4096 /* pieces of memory */
#define PIECE 8192 /* bytes: a judge's question and answer are larger */

static struct rlimit before; /* of what is denied now */
static __rlimit_resource_t denied;

static bool
limit(__rlimit_resource_t resource, rlim_t soft, bool hard)
{
    struct rlimit now = {0};

    denied = resource;
    if (getrlimit(resource, &before) != 0) {
        return false;
    }
    now = (struct rlimit){soft, hard ? soft : before.rlim_max};
    return setrlimit(resource, &now) == 0;
}

static void
give_back(void)
{
    (void)setrlimit(denied, &before); /* a hard limit stays, except for root */
}

static enum denial_end
judge_resets(void)
{
    return DENIAL_ACCEPTED;
}

/* Root's judge takes it back, if it may; an ordinary user's does without, and says so. */
static enum denial_end
root_resets(void)
{
    return host_may_raise_limits() ? DENIAL_ACCEPTED : DENIAL_PROCESS;
}

static enum denial_end
no_judge(void)
{
    return DENIAL_START;
}

static enum denial_end
no_judge_but_roots(void)
{
    return getuid() == 0 ? DENIAL_ACCEPTED : DENIAL_START;
}

static enum denial_end
no_memory(void)
{
    return DENIAL_MEMORY;
}

static bool
deny_4_files(void)
{
    return limit(RLIMIT_NOFILE, 4, false);
}

static bool
deny_8_files(void)
{
    return limit(RLIMIT_NOFILE, 8, false);
}

static bool
deny_size(void)
{
    return limit(RLIMIT_FSIZE, 0, true);
}

static bool
deny_size_softly(void)
{
    return limit(RLIMIT_FSIZE, 0, false);
}

static bool
deny_processes(void)
{
    return limit(RLIMIT_NPROC, 0, true);
}

static bool
deny_judges_memory(void)
{
    return limit(RLIMIT_AS, 200 << 20, true);
}

static bool
deny_judges_data(void)
{
    return limit(RLIMIT_DATA, 32 << 20, true);
}

static void *hoard[HOARD];

/* All that there is of any size worth having: what is small is left to libpam. */
static bool
deny_memory(void)
{
    if (!limit(RLIMIT_AS, 1 << 20, false)) { /* less than is in use: nothing can be added */
        return false;
    }
    for (size_t i = 0; i < HOARD; i++) {
        hoard[i] = malloc(PIECE);
        if (hoard[i] == NULL) {
            return true;
        }
    }
    errno = ENOBUFS;
    return false;
}

static void
give_memory_back(void)
{
    for (size_t i = 0; i < HOARD; i++) {
        free(hoard[i]);
        hoard[i] = NULL;
    }
    give_back();
}

static char group[PATH_MAX]; /* a cgroup of our own that counts processes */

static bool
put(const char *name, const char *text)
{
    PJWT_AUTO(text) char *path = text_format("%s/%s", group, name);
    PJWT_AUTO(fd) int fd = open(path, O_WRONLY | O_CLOEXEC);

    return fd >= 0 && write(fd, text, strlen(text)) > 0;
}

/* Version 1 has a hierarchy for it; version 2 one for all. cgroups(7). */
static bool
make_group(void)
{
    static const char *const mounts[] = {"/sys/fs/cgroup/pids", "/sys/fs/cgroup"};

    for (size_t i = 0; i < sizeof(mounts) / sizeof(mounts[0]) && getuid() == 0; i++) {
        PJWT_AUTO(text) char *max = NULL;

        (void)snprintf(group, sizeof(group), "%s/pamjwt-test-%d", mounts[i], (int)getpid());
        max = text_format("%s/pids.max", group);
        if (mkdir(group, 0755) == 0) {
            if (access(max, W_OK) == 0) {
                return true;
            }
            (void)rmdir(group);
        }
    }
    return false;
}

static bool
fill_group(const char *most)
{
    return put("pids.max", most) && put("cgroup.procs", "0");
}

static bool
deny_all_others(void)
{
    return fill_group("1");
}

static bool
deny_all_but_one(void)
{
    return fill_group("2");
}

static bool
deny_all_but_two(void)
{
    return fill_group("3");
}

static void
give_room(void)
{
    (void)put("pids.max", "max");
}

static char *
in_group(struct house *house, const struct denial *denial)
{
    char *wrong = NULL;

    if (!make_group()) {
        return text_format(HOST_SKIP "needs root, and a cgroup that counts processes");
    }
    wrong = host_denied(house, denial);
    if (rmdir(group) != 0 && wrong == NULL) {
        wrong = text_format("somebody is left in the cgroup");
    }
    return wrong;
}

/* Under AddressSanitizer a program has terabytes before it begins, and ends without any more.
 */
static char *
of_memory(struct house *house, const struct denial *denial)
{
#ifdef __SANITIZE_ADDRESS__
    (void)denial;
    (void)house;
    return text_format(HOST_SKIP "memory cannot be denied under AddressSanitizer");
#else
    return host_denied(house, denial);
#endif
}

#define DENIED(name, how, ...) \
    static char *name(struct house *house) { return how(house, &(struct denial){__VA_ARGS__}); }

DENIED(files_4, host_denied, deny_4_files, give_back, no_judge, false)
DENIED(files_8, host_denied, deny_8_files, give_back, no_judge, false)
DENIED(size, host_denied, deny_size, give_back, root_resets, true)
DENIED(size_softly, host_denied, deny_size_softly, give_back, judge_resets, false)
DENIED(processes, host_denied, deny_processes, give_back, no_judge_but_roots, true)
DENIED(judges_memory, of_memory, deny_judges_memory, give_back, root_resets, true)
DENIED(judges_data, of_memory, deny_judges_data, give_back, root_resets, true)
DENIED(memory, of_memory, deny_memory, give_memory_back, no_memory, false)
DENIED(table_full, in_group, deny_all_others, give_room, no_judge, false)
DENIED(table_full_but_one, in_group, deny_all_but_one, give_room, no_judge, false)
DENIED(table_full_but_two, in_group, deny_all_but_two, give_room, judge_resets, false)

const struct host hosts_denied[] = {
    {"denied descriptors past 4, in each phase", files_4},
    {"denied descriptors past 8, in each phase", files_8},
    {"denied files of any size (RLIMIT_FSIZE 0), in each phase", size},
    {"denied files of any size until it is raised, in each phase", size_softly},
    {"denied processes (RLIMIT_NPROC 0), in each phase", processes},
    {"denied the memory that a judge needs (RLIMIT_AS), in each phase", judges_memory},
    {"denied the memory that a judge needs (RLIMIT_DATA), in each phase", judges_data},
    {"denied any more memory, in each phase", memory},
    {NULL, NULL},
};

const struct host hosts_crowded[] = {
    {"in a full process table, in each phase", table_full},
    {"in a process table with room for one more, in each phase", table_full_but_one},
    {"in a process table with room for two more, in each phase", table_full_but_two},
    {NULL, NULL},
};
