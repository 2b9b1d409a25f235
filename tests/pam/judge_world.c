/* Which time and which users does a judge see in a test? Those of the file `world` beside the
 * config file it was given: lines `now SECONDS`, `up SECONDS`, `boot ID` and
 * `user NAME UID`. The judge starts with an
 * empty environment, so its arguments are the only way in. Never installed. */
#include "helper/world.h"

#include "lib/base/grant.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define USERS_MAX 32

static struct {
    int64_t now;
    struct pjwt_clock clock; /* but for its now */
    size_t users;
    struct {
        char name[PJWT_USER_MAX];
        uid_t uid;
    } user[USERS_MAX];
} world;

static bool
find_user(void *context, const char *name, uid_t *uid)
{
    (void)context;
    for (size_t i = 0; i < world.users; i++) {
        if (strcmp(world.user[i].name, name) == 0) {
            *uid = world.user[i].uid;
            return true;
        }
    }
    return false;
}

/* A world that is half understood would make tests pass by accident: no judge at all is
 * loud. */
static void
no_world(void)
{
    _exit(70);
}

static void
read_line(const char *line)
{
    long long now = 0;
    long long up = 0;
    char name[PJWT_USER_MAX] = "";
    unsigned uid = 0;

    if (sscanf(line, "now %lld", &now) == 1) {
        world.now = now;
    } else if (sscanf(line, "up %lld", &up) == 1) {
        world.clock.up = up;
    } else if (sscanf(line, "boot %36s", world.clock.boot) == 1) {
        return;
    } else if (sscanf(line, "user %32s %u", name, &uid) == 2 && world.users < USERS_MAX) {
        memcpy(world.user[world.users].name, name, sizeof(name));
        world.user[world.users++].uid = uid;
    } else {
        no_world();
    }
}

void
pjwt_world_open(const char *config)
{
    const char *slash = strrchr(config, '/');
    char path[PATH_MAX] = "";
    char line[128] = "";
    FILE *file = NULL;

    (void)snprintf(path, sizeof(path), "%.*s/world", slash == NULL ? 0 : (int)(slash - config),
                   config);
    file = fopen(path, "re");
    if (file == NULL) {
        no_world();
        return;
    }
    while (fgets(line, sizeof(line), file) != NULL) {
        read_line(line);
    }
    (void)fclose(file);
}

int64_t
pjwt_world_now(void)
{
    return world.now;
}

void
pjwt_world_clock(struct pjwt_clock *clock)
{
    *clock = world.clock;
    clock->now = world.now;
}

const struct pjwt_users *
pjwt_world_users(void)
{
    static const struct pjwt_users users = {find_user, NULL};

    return &users;
}
