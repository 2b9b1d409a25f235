#include "helper/judge/cgroup.h"

#include "lib/base/own.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

PJWT_DEFINE_DROP(stream, FILE, fclose)

#define MOUNTS "/sys/fs/cgroup" /* cgroups(7): here, or in directories below */

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

    (void)snprintf(path, sizeof(path), "%s/cgroup.procs", mount);
    return access(path, F_OK) == 0;
}

static bool
leave(const char *mount, const char *group)
{
    return move_to_root(mount) || roots_all_the_way(mount, group);
}

static bool
leave_unified(const char *group)
{
    static const char *const mounts[] = {MOUNTS, MOUNTS "/unified"};

    for (size_t i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++) {
        if (mounted(mounts[i])) {
            return leave(mounts[i], group);
        }
    }
    return false; /* in a group that we cannot see */
}

/* Version 1 mounts controllers alone or together, in a directory that lists them. */
static bool
leave_freezer(const char *controllers, const char *group)
{
    char mount[PATH_MAX] = "";
    int n = snprintf(mount, sizeof(mount), MOUNTS "/%s", controllers);

    return n > 0 && (size_t)n < sizeof(mount) && mounted(mount) && leave(mount, group);
}

static bool
lists(const char *controllers, const char *wanted)
{
    size_t len = strlen(wanted);

    for (const char *at = controllers; at != NULL; at = strchr(at, ',')) {
        at += *at == ',';
        if (strncmp(at, wanted, len) == 0 && (at[len] == ',' || at[len] == '\0')) {
            return true;
        }
    }
    return false;
}

/* One line of /proc/self/cgroup, NUMBER:CONTROLLERS:/GROUP: may somebody else freeze us there?
 */
static bool
line_allows(char *line)
{
    char *rest = line;
    const char *controllers = NULL;

    line[strcspn(line, "\n")] = '\0';
    (void)strsep(&rest, ":");
    controllers = strsep(&rest, ":");
    if (controllers == NULL || rest == NULL) {
        return false; /* not a line as the kernel writes it, or a cut one */
    }
    if (strcmp(rest, "/") == 0) {
        return true;
    }
    if (controllers[0] == '\0') {
        return leave_unified(rest);
    }
    return !lists(controllers, "freezer") || leave_freezer(controllers, rest);
}

/* Some kernels give an error instead of a very long path: that must not be a way to stay. */
static pjwt_verdict
unreadable(struct pjwt_why *why)
{
    pjwt_why_set(why, "/proc/self/cgroup: %m");
    return PJWT_SAY(PROCESS);
}

pjwt_verdict
pjwt_cgroup_leave(struct pjwt_why *why)
{
    char line[PATH_MAX + 64] = "";
    PJWT_AUTO(stream) FILE *groups = fopen("/proc/self/cgroup", "re");

    if (groups == NULL) {
        /* No cgroups in this kernel, or no /proc to be frozen through. */
        return errno == ENOENT ? PJWT_SAY(OK) : unreadable(why);
    }
    while (fgets(line, sizeof(line), groups) != NULL) {
        if (!line_allows(line)) {
            pjwt_why_set(why, "another user controls the cgroup");
            return PJWT_SAY(PROCESS);
        }
    }
    return ferror(groups) == 0 ? PJWT_SAY(OK) : unreadable(why);
}
