/* What if the host is in a cgroup that leaves no room for a judge? */
#include "tests/pam/host/denial.h"
#include "tests/pam/host/host.h"
#include "tests/pam/text.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char group[PATH_MAX]; /* a cgroup of our own, */
static char limit_file[64];  /* and what of it is limited */

static bool
put(const char *name, const char *text)
{
    PJWT_AUTO(text) char *path = text_format("%s/%s", group, name);
    PJWT_AUTO(fd) int fd = open(path, O_WRONLY | O_CLOEXEC);

    return fd >= 0 && write(fd, text, strlen(text)) > 0;
}

/* Version 1 has a hierarchy for each, version 2 one for all; there a judge that leaves its
 * caller's group leaves the limit of its memory, too. cgroups(7). */
static const struct place {
    const char *mount;
    const char *file;
} for_processes[] = {{"/sys/fs/cgroup/pids", "pids.max"},
                     {"/sys/fs/cgroup", "pids.max"},
                     {NULL, NULL}},
  for_memory[] = {{"/sys/fs/cgroup/memory", "memory.limit_in_bytes"}, {NULL, NULL}};

static bool
make_group(const struct place *places)
{
    for (size_t i = 0; places[i].mount != NULL && getuid() == 0; i++) {
        PJWT_AUTO(text) char *path = NULL;

        (void)snprintf(group, sizeof(group), "%s/pamjwt-test-%d", places[i].mount,
                       (int)getpid());
        (void)snprintf(limit_file, sizeof(limit_file), "%s", places[i].file);
        path = text_format("%s/%s", group, limit_file);
        if (mkdir(group, 0755) == 0) {
            if (access(path, W_OK) == 0) {
                return true;
            }
            (void)rmdir(group);
        }
    }
    return false;
}

static bool
join_group(const char *most)
{
    return put(limit_file, most) && put("cgroup.procs", "0");
}

static bool
deny_all_others(void)
{
    return join_group("1");
}

static bool
deny_all_but_one(void)
{
    return join_group("2");
}

static bool
deny_all_but_two(void)
{
    return join_group("3");
}

static bool
deny_pages(void)
{
    return join_group("524288");
}

static void
give_room(void)
{
    (void)put(limit_file, strcmp(limit_file, "memory.limit_in_bytes") == 0 ? "-1" : "max");
}

static char *
in_group(struct house *house, const struct place *places, const struct denial *denial)
{
    char *wrong = NULL;

    if (!make_group(places)) {
        return text_format(HOST_SKIP "needs root, and a cgroup that limits it");
    }
    wrong = host_denied(house, denial);
    if (rmdir(group) != 0 && wrong == NULL) {
        wrong = text_format("somebody is left in the cgroup");
    }
    return wrong;
}

static char *
in_crowd(struct house *house, const struct denial *denial)
{
    return in_group(house, for_processes, denial);
}

static char *
in_want(struct house *house, const struct denial *denial)
{
    return in_group(house, for_memory, denial);
}

static enum denial_end
no_judge(void)
{
    return DENIAL_START;
}

static enum denial_end
judge_fits(void)
{
    return DENIAL_ACCEPTED;
}

static enum denial_end
somebody_killed(void)
{
    return DENIAL_KILLED;
}

DENIED(table_full, in_crowd, deny_all_others, give_room, no_judge, false)
DENIED(table_full_but_one, in_crowd, deny_all_but_one, give_room, no_judge, false)
DENIED(table_full_but_two, in_crowd, deny_all_but_two, give_room, judge_fits, false)
DENIED(pages, in_want, deny_pages, give_room, somebody_killed, true)

const struct host hosts_crowded[] = {
    {"in a full process table, in each phase", table_full},
    {"in a process table with room for one more, in each phase", table_full_but_one},
    {"in a process table with room for two more, in each phase", table_full_but_two},
    {"in a cgroup without memory for a judge, in each phase", pages},
    {NULL, NULL},
};
