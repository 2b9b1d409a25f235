#include "helper/judge/cgroup.h"

#include "lib/base/own.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

PJWT_DEFINE_DROP(stream, FILE, fclose)

/* Where the hierarchy that can freeze is mounted: the unified one, or version 1's freezer. */
static const struct {
    const char *line; /* how its line in /proc/self/cgroup starts, after the number */
    const char *mount[2];
} hierarchies[] = {
    {"::", {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"}},
    {":freezer:", {"/sys/fs/cgroup/freezer", NULL}},
};

static bool
move_to_root(const char *mount)
{
    char path[PATH_MAX] = "";
    PJWT_AUTO(fd) int fd = -1;

    (void)snprintf(path, sizeof(path), "%s/cgroup.procs", mount);
    fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    return fd >= 0 && write(fd, "0", 1) == 1;
}

static bool
roots_alone(const char *path)
{
    struct stat st = {0};

    return lstat(path, &st) == 0 && st.st_uid == 0 && (st.st_mode & 022) == 0;
}

/* The directory, and the two files in it by which its processes are moved and frozen. */
static bool
controlled_by_root(const char *dir)
{
    static const char *const files[] = {"cgroup.procs", "cgroup.freeze", "freezer.state"};
    char path[PATH_MAX] = "";

    if (!roots_alone(dir)) {
        return false;
    }
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        (void)snprintf(path, sizeof(path), "%s/%s", dir, files[i]);
        if (access(path, F_OK) == 0 && !roots_alone(path)) {
            return false;
        }
    }
    return true;
}

/* `group` and every one above it, up to the mount. Cuts `path` as it climbs. */
static bool
roots_all_the_way(const char *mount, const char *group)
{
    char path[PATH_MAX] = "";
    size_t base = strlen(mount);
    int n = snprintf(path, sizeof(path), "%s%s", mount, group);

    if (n < 0 || (size_t)n >= sizeof(path) || strstr(group, "/..") != NULL) {
        return false;
    }
    while (strlen(path) > base) {
        if (!controlled_by_root(path)) {
            return false;
        }
        *strrchr(path, '/') = '\0';
    }
    return true;
}

static bool
mounted(const char *mount)
{
    char path[PATH_MAX] = "";

    if (mount == NULL) {
        return false;
    }
    (void)snprintf(path, sizeof(path), "%s/cgroup.procs", mount);
    return access(path, F_OK) == 0;
}

static bool
leave(size_t hierarchy, const char *group)
{
    for (size_t i = 0; i < 2; i++) {
        const char *mount = hierarchies[hierarchy].mount[i];

        if (mounted(mount)) {
            return move_to_root(mount) || roots_all_the_way(mount, group);
        }
    }
    return false; /* in a group that we cannot see */
}

/* One line of /proc/self/cgroup: NUMBER:CONTROLLERS:/GROUP. */
static bool
line_allows(char *line)
{
    char *colon = strchr(line, ':');

    line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; colon != NULL && i < sizeof(hierarchies) / sizeof(hierarchies[0]); i++) {
        size_t len = strlen(hierarchies[i].line);
        const char *group = colon + len;

        if (strncmp(colon, hierarchies[i].line, len) == 0 && strcmp(group, "/") != 0) {
            return leave(i, group);
        }
    }
    return true;
}

pjwt_verdict
pjwt_cgroup_leave(struct pjwt_why *why)
{
    char line[PATH_MAX + 64] = "";
    PJWT_AUTO(stream) FILE *groups = fopen("/proc/self/cgroup", "re");

    if (groups == NULL) {
        return PJWT_SAY(OK); /* no cgroups in this kernel, or no /proc to be frozen through */
    }
    while (fgets(line, sizeof(line), groups) != NULL) {
        if (!line_allows(line)) {
            pjwt_why_set(why, "cgroup %s is under another user's control", line);
            return PJWT_SAY(PROCESS);
        }
    }
    return PJWT_SAY(OK);
}
