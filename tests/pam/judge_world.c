/* Which time and which users does a judge see in a test? Those of the file `world` beside the
 * config file it was given: lines `now SECONDS`, `up SECONDS`, `boot ID` and `user NAME UID`;
 * `group NAME`, and `member GROUP USER` for whoever is in it, `left GROUP USER` for whoever
 * was. The judge starts with an empty environment, so its arguments are the only way in. Never
 * installed. */
#include "helper/world.h"

#include "lib/base/grant.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define USERS_MAX  32
#define GROUPS_MAX 8

static struct {
    int64_t now;
    struct pjwt_clock clock; /* but for its now */
    size_t users;
    struct {
        char name[PJWT_USER_MAX];
        uid_t uid;
    } user[USERS_MAX];
    size_t groups;
    struct {
        char name[PJWT_USER_MAX];
        char members[256]; /* a comma before and behind each */
    } group[GROUPS_MAX];
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

static enum pjwt_member
is_member(void *context, const char *name, const char *group)
{
    char words[PJWT_USER_MAX + 2];

    (void)context;
    (void)snprintf(words, sizeof(words), ",%s,", name);
    for (size_t i = 0; i < world.groups; i++) {
        if (strcmp(world.group[i].name, group) == 0) {
            return strstr(world.group[i].members, words) != NULL ? PJWT_MEMBER_YES
                                                                 : PJWT_MEMBER_NO;
        }
    }
    return PJWT_MEMBER_NO_GROUP;
}

/* A world that is half understood would make tests pass by accident: no judge at all is
 * loud. */
static void
no_world(void)
{
    _exit(70);
}

static void
add_member(const char *group, const char *name)
{
    for (size_t i = 0; i < world.groups; i++) {
        char *members = world.group[i].members;
        size_t len = strlen(members);

        if (strcmp(world.group[i].name, group) == 0) {
            (void)snprintf(members + len, sizeof(world.group[i].members) - len, "%s%s,",
                           len == 0 ? "," : "", name);
            return;
        }
    }
    no_world();
}

/* The group of a test is empty once somebody has left it. */
static void
remove_member(const char *group, const char *name)
{
    for (size_t i = 0; i < world.groups; i++) {
        if (strcmp(world.group[i].name, group) == 0 &&
            is_member(NULL, name, group) == PJWT_MEMBER_YES) {
            world.group[i].members[0] = '\0';
            return;
        }
    }
    no_world();
}

static void
read_line(const char *line)
{
    long long now = 0;
    long long up = 0;
    char name[PJWT_USER_MAX] = "";
    char group[PJWT_USER_MAX] = "";
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
    } else if (sscanf(line, "group %32s", name) == 1 && world.groups < GROUPS_MAX) {
        memcpy(world.group[world.groups++].name, name, sizeof(name));
    } else if (sscanf(line, "member %32s %32s", group, name) == 2) {
        add_member(group, name);
    } else if (sscanf(line, "left %32s %32s", group, name) == 2) {
        remove_member(group, name);
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
    static const struct pjwt_users users = {.find = find_user, .member = is_member};

    return &users;
}
