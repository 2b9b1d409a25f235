/* Could somebody else change, or read, a file that a login believes? The same walk over every
 * component of the path that a login makes. */
#include "helper/lint/lint.h"
#include "lib/base/file.h"
#include "lib/store/guard_file.h"
#include "lib/store/room.h"
#include "lib/store/store.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum need { REQUIRED, IF_THERE };

static void
check_at(struct pjwt_lint *lint, const char *path, enum pjwt_file_kind kind, enum need need)
{
    struct pjwt_why why = {""};

    switch (pjwt_file_check(path, kind, &why)) {
    case PJWT_FILE_OK:
        return;
    case PJWT_FILE_MISSING:
        if (need == REQUIRED) {
            pjwt_lint_add(lint, PJWT_FINDING_FILE_MISSING, path, 0, NULL);
        }
        return;
    case PJWT_FILE_UNSAFE:
        pjwt_lint_add(lint, PJWT_FINDING_FILE_UNSAFE, path, 0, "%s", why.text);
        return;
    case PJWT_FILE_MEMORY:
        lint->short_of_memory = true;
        return;
    case PJWT_FILE_UNREAD:
    case PJWT_FILE_LONG:
        pjwt_lint_unexamined(lint, path, why.text);
    }
}

/* DIR/NAME; a missing directory was said where it was looked at itself. */
static void
check_in(struct pjwt_lint *lint, const char *dir, const char *name, enum pjwt_file_kind kind)
{
    PJWT_AUTO(text) char *path = dir == NULL ? NULL : pjwt_config_path(dir, name);

    if (path == NULL) {
        lint->short_of_memory = true;
        return;
    }
    check_at(lint, path, kind, IF_THERE);
}

static void
check_beside_config(struct pjwt_lint *lint)
{
    const struct pjwt_config *config = lint->config;

    for (size_t i = 0; i < config->files.count; i++) {
        check_at(lint, config->files.item[i], PJWT_FILE_PUBLIC, REQUIRED);
    }
    check_in(lint, config->dir, "conf.d", PJWT_FILE_DIR);
    check_at(lint, config->keys_dir, PJWT_FILE_DIR, REQUIRED);
    check_at(lint, config->private_dir, PJWT_FILE_SECRET_DIR, REQUIRED);
    for (size_t i = 0; i < config->issuers; i++) {
        if (config->issuer[i].user_map != NULL) {
            check_in(lint, config->dir, config->issuer[i].user_map, PJWT_FILE_PUBLIC);
        }
    }
}

static void
check_state(struct pjwt_lint *lint)
{
    static const char *const names[] = {PJWT_STORE_FILE,        PJWT_STORE_FILE "-wal",
                                        PJWT_STORE_FILE "-shm", PJWT_STORE_QUEUE,
                                        PJWT_GUARD_FILE,        PJWT_ROOM_FILE};
    PJWT_AUTO(text) char *state = pjwt_lint_path(lint, lint->config->state);
    PJWT_AUTO(text) char *run = pjwt_lint_path(lint, lint->config->run);

    if (state == NULL || run == NULL) {
        return;
    }
    check_at(lint, state, PJWT_FILE_SECRET_DIR, REQUIRED);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        check_in(lint, state, names[i], PJWT_FILE_SECRET);
    }
    check_at(lint, run, PJWT_FILE_DIR, IF_THERE);
}

/* The judge that the module starts, held to the module's own rules. Another config goes with a
 * verify= argument that we do not know. */
static void
check_judge(struct pjwt_lint *lint)
{
    PJWT_AUTO(text) char *judge = pjwt_lint_path(lint, PJWT_VERIFY);
    struct pjwt_why why = {""};

    if (strcmp(lint->cmd->config, PJWT_CONFIG) != 0 || judge == NULL) {
        return;
    }
    if (pjwt_file_check(judge, PJWT_FILE_PUBLIC, &why) != PJWT_FILE_OK) {
        pjwt_lint_add(lint, PJWT_FINDING_JUDGE_UNFIT, judge, 0, "%s", why.text);
    } else if (access(judge, X_OK) != 0) {
        pjwt_lint_add(lint, PJWT_FINDING_JUDGE_UNFIT, judge, 0, "%s", strerrordesc_np(errno));
    }
}

void
pjwt_lint_files(struct pjwt_lint *lint)
{
    check_judge(lint);
    if (lint->config != NULL) {
        check_beside_config(lint);
        check_state(lint);
    }
}
