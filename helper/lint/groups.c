/* Are the local groups there that services ask for? */
#include "helper/lint/config_lines.h"
#include "helper/lint/tree.h"

#include <grp.h>
#include <string.h>

#define GROUP_BYTES 4194304

/* group(5): "NAME:...". For another tree, whose user database cannot be asked. */
static bool
in_text(const char *text, const char *group)
{
    size_t len = strlen(group);

    for (const char *at = text; at != NULL; at = strchr(at, '\n'), at += at == NULL ? 0 : 1) {
        if (strncmp(at, group, len) == 0 && at[len] == ':') {
            return true;
        }
    }
    return false;
}

static bool
is_known(struct pjwt_lint *lint, const char *group)
{
    PJWT_AUTO(text) char *path = NULL;
    PJWT_AUTO(text) char *text = NULL;

    if (lint->root[0] == '\0') {
        return getgrnam(group) != NULL;
    }
    path = pjwt_lint_path(lint, "/etc/group");
    return path == NULL || pjwt_tree_read(path, GROUP_BYTES, &text) != PJWT_TREE_THERE ||
           in_text(text, group);
}

void
pjwt_lint_groups(struct pjwt_lint *lint)
{
    for (size_t i = 0; lint->config != NULL && i < lint->config->services; i++) {
        const struct pjwt_service *s = &lint->config->service[i];

        if (s->require_group != NULL && !is_known(lint, s->require_group)) {
            pjwt_config_lines_add(lint, PJWT_FINDING_GROUP_UNKNOWN, "service", s->names.item[0],
                                  "require_group", s->require_group);
        }
    }
}
