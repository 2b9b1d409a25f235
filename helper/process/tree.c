#include "helper/process/tree.h"

#include "lib/base/own.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define NO_SESSION "4294967295" /* of an audit session that was never set: (unsigned)-1 */

/* The text of /proc/PID/NAME without its last line end; "" when it cannot be read. */
static void
read_text(pid_t pid, const char *name, char *text, size_t size)
{
    char path[64];
    PJWT_AUTO(fd) int fd = -1;
    ssize_t n = 0;

    (void)snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    n = fd < 0 ? -1 : read(fd, text, size - 1);
    text[n < 0 ? 0 : n] = '\0';
    text[strcspn(text, "\n")] = '\0';
}

/* The process's scope of logind in the unified hierarchy: its cgroup up to and with
 * session-ID.scope; "" when it is in none. */
static void
scope_of(pid_t pid, char scope[PJWT_GROUP_SIZE])
{
    char *at = NULL;
    char *end = NULL;

    read_text(pid, "cgroup", scope, PJWT_GROUP_SIZE);
    at = strncmp(scope, "0::/", 4) == 0 ? strstr(scope, "/session-") : NULL;
    end = at == NULL ? NULL : strstr(at, ".scope");
    if (end == NULL || memchr(at + 1, '/', (size_t)(end - at - 1)) != NULL ||
        (end[6] != '\0' && end[6] != '/')) {
        scope[0] = '\0';
        return;
    }
    end[6] = '\0';
}

static void
audit_session_of(pid_t pid, char session[PJWT_GROUP_SIZE])
{
    read_text(pid, "sessionid", session, PJWT_GROUP_SIZE);
    if (strcmp(session, NO_SESSION) == 0) {
        session[0] = '\0';
    }
}

typedef void group_fn(pid_t pid, char group[PJWT_GROUP_SIZE]);

static group_fn *const group_of[] = {
    [PJWT_GROUP_SCOPE] = scope_of, [PJWT_GROUP_AUDIT] = audit_session_of};

/* One that its parent is in too is not this login's. */
void
pjwt_group_find(const struct pjwt_process *root, struct pjwt_group *group)
{
    char other[PJWT_GROUP_SIZE];

    for (enum pjwt_group_kind k = PJWT_GROUP_SCOPE; k <= PJWT_GROUP_AUDIT; k++) {
        group_of[k](root->pid, group->name);
        group_of[k](root->parent, other);
        group->kind = k;
        if (group->name[0] != '\0' && strcmp(group->name, other) != 0) {
            return;
        }
    }
    group->kind = PJWT_GROUP_NONE;
}

static void
mark_group(const struct pjwt_processes *all, const struct pjwt_group *group, bool *member)
{
    char other[PJWT_GROUP_SIZE];

    for (size_t i = 0; i < all->count && group->kind != PJWT_GROUP_NONE; i++) {
        group_of[group->kind](all->item[i].pid, other);
        member[i] = member[i] || strcmp(group->name, other) == 0;
    }
}

static bool
is_member(const struct pjwt_processes *all, const bool *member, pid_t pid)
{
    const struct pjwt_process *found = pjwt_processes_find(all, pid);

    return found != NULL && member[found - all->item];
}

/* A descendant whose kernel session is not root's is in one that some descendant made. */
static bool
shares_session(const struct pjwt_processes *all, const bool *member,
               const struct pjwt_process *root, pid_t session)
{
    if (session == root->session || session <= 0) {
        return false;
    }
    for (size_t i = 0; i < all->count; i++) {
        if (member[i] && all->item[i].session == session) {
            return true;
        }
    }
    return false;
}

static void
mark_descendants(const struct pjwt_processes *all, const struct pjwt_process *root,
                 bool *member)
{
    bool grew = true;

    while (grew) {
        grew = false;
        for (size_t i = 0; i < all->count; i++) {
            const struct pjwt_process *p = &all->item[i];

            if (!member[i] && (p->pid == root->pid || is_member(all, member, p->parent) ||
                               shares_session(all, member, root, p->session))) {
                member[i] = true;
                grew = true;
            }
        }
    }
}

void
pjwt_tree_mark(const struct pjwt_processes *all, const struct pjwt_process *root,
               const struct pjwt_group *group, bool *member)
{
    mark_group(all, group, member);
    mark_descendants(all, root, member);
}
