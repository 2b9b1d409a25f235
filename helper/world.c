#include "helper/world.h"

#include "helper/process/stat.h"
#include "lib/base/own.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ENTRY_FIRST 1024    /* bytes for one passwd entry, to begin with */
#define ENTRY_MAX   1048576 /* a longer entry is no user that we know */

void
pjwt_world_open(const char *config)
{
    (void)config; /* the real clock and user database do not depend on it */
}

int64_t
pjwt_world_now(void)
{
    struct timespec now = {0};

    (void)clock_gettime(CLOCK_REALTIME, &now); /* cannot fail for this clock */
    return (int64_t)now.tv_sec;
}

void
pjwt_world_clock(struct pjwt_clock *clock)
{
    struct timespec up = {0};

    *clock = (struct pjwt_clock){.now = pjwt_world_now()};
    (void)clock_gettime(CLOCK_BOOTTIME, &up);
    clock->up = (int64_t)up.tv_sec;
    pjwt_process_boot(clock->boot);
}

/* Asks once with `size` bytes; returns an errno value, ERANGE when they are too few. */
static int
find_once(const char *name, size_t size, bool *found, uid_t *uid)
{
    PJWT_AUTO(text) char *buffer = malloc(size);
    struct passwd entry;
    struct passwd *result = NULL;
    int error = 0;

    if (buffer == NULL) {
        return ENOMEM;
    }
    error = getpwnam_r(name, &entry, buffer, size, &result);
    /* A directory may fold case: the name that it has must be the name that was asked for. */
    if (error == 0 && result != NULL && strcmp(result->pw_name, name) == 0) {
        *uid = result->pw_uid;
        *found = true;
    }
    return error;
}

static bool
find_user(void *context, const char *name, uid_t *uid)
{
    bool found = false;
    int error = ERANGE;

    (void)context;
    for (size_t size = ENTRY_FIRST; error == ERANGE && size <= ENTRY_MAX; size *= 2) {
        error = find_once(name, size, &found, uid);
    }
    return found;
}

const struct pjwt_users *
pjwt_world_users(void)
{
    static const struct pjwt_users users = {.find = find_user, .member = pjwt_world_member};

    return &users;
}
