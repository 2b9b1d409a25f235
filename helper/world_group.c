/* Is this user in that group of the machine? The primary group counts like the others. */
#include "helper/world.h"

#include "lib/base/own.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>

#define ENTRY_FIRST  1024    /* bytes for one passwd or group entry, to begin with */
#define ENTRY_MAX    4194304 /* a longer entry, such as a group of very many, is not known */
#define GROUPS_FIRST 64
#define GROUPS_MAX   65536 /* NGROUPS_MAX of Linux */

PJWT_DEFINE_DROP(gids, gid_t, free)

/* Asks once with `size` bytes; returns an errno value, ERANGE when they are too few. A
 * directory may fold case: the name that an entry has must be the name that was asked for. */
typedef int look_up_fn(const char *name, char *buffer, size_t size, bool *found, gid_t *gid);

static int
group_of_name(const char *name, char *buffer, size_t size, bool *found, gid_t *gid)
{
    struct group entry;
    struct group *result = NULL;
    int error = getgrnam_r(name, &entry, buffer, size, &result);

    if (error == 0 && result != NULL && strcmp(result->gr_name, name) == 0) {
        *gid = result->gr_gid;
        *found = true;
    }
    return error;
}

static int
group_of_user(const char *name, char *buffer, size_t size, bool *found, gid_t *gid)
{
    struct passwd entry;
    struct passwd *result = NULL;
    int error = getpwnam_r(name, &entry, buffer, size, &result);

    if (error == 0 && result != NULL && strcmp(result->pw_name, name) == 0) {
        *gid = result->pw_gid;
        *found = true;
    }
    return error;
}

static bool
look_up(look_up_fn *ask, const char *name, gid_t *gid)
{
    bool found = false;
    int error = ERANGE;

    for (size_t size = ENTRY_FIRST; error == ERANGE && size <= ENTRY_MAX; size *= 2) {
        PJWT_AUTO(text) char *buffer = malloc(size);

        if (buffer == NULL) {
            return false;
        }
        error = ask(name, buffer, size, &found, gid);
    }
    return found;
}

static bool
has(const gid_t *gids, int count, gid_t gid)
{
    for (int i = 0; i < count; i++) {
        if (gids[i] == gid) {
            return true;
        }
    }
    return false;
}

enum pjwt_member
pjwt_world_member(void *context, const char *name, const char *group)
{
    gid_t wanted = 0;
    gid_t primary = 0;

    (void)context;
    if (!look_up(group_of_name, group, &wanted)) {
        return PJWT_MEMBER_NO_GROUP;
    }
    if (!look_up(group_of_user, name, &primary)) {
        return PJWT_MEMBER_NO;
    }
    for (int size = GROUPS_FIRST; size <= GROUPS_MAX; size *= 2) {
        PJWT_AUTO(gids) gid_t *gids = calloc((size_t)size, sizeof(*gids));
        int count = size;

        if (gids == NULL) {
            return PJWT_MEMBER_NO;
        }
        if (getgrouplist(name, primary, gids, &count) >= 0) {
            return has(gids, count, wanted) ? PJWT_MEMBER_YES : PJWT_MEMBER_NO;
        }
    }
    return PJWT_MEMBER_NO;
}
