/* How does a machine get ready? Whatever is missing is made; what is there is looked at and
 * left alone. */
#include "helper/cmd/command.h"
#include "helper/cmd/hold.h"
#include "helper/cmd/open.h"
#include "helper/cmd/sample.h"
#include "helper/cmd/say.h"
#include "lib/base/file.h"
#include "lib/policy/config.h"
#include "lib/store/store.h"

#include <stdio.h>
#include <string.h>

#define FIX "set owner and mode by hand: nothing is changed behind your back"

/* One line for each thing; a thing that is wrong is told, and the rest still made. */
struct progress {
    const struct pjwt_cmd *cmd;
    enum pjwt_exit status;
};

static void
tell(struct progress *p, const char *path, bool made, bool ok, const char *words)
{
    if (ok) {
        (void)printf("%s %s\n", made ? "made" : "kept", path);
        return;
    }
    p->status =
        pjwt_say_error(p->cmd, PJWT_EXIT_UNAVAILABLE, FIX, "%s", *words == '\0' ? path : words);
}

static void
make_dir(struct progress *p, const char *path, enum pjwt_file_kind kind, mode_t mode)
{
    struct pjwt_why why = {""};
    bool made = false;
    bool ok = pjwt_file_make_dir(path, kind, mode, &made, &why) == PJWT_FILE_OK;

    tell(p, path, made, ok, why.text);
}

static void
make_dir_in(struct progress *p, const char *dir, const char *name, enum pjwt_file_kind kind,
            mode_t mode)
{
    PJWT_AUTO(text) char *path = pjwt_config_path(dir, name);

    if (path != NULL) {
        make_dir(p, path, kind, mode);
    } else {
        p->status = pjwt_say_verdict(p->cmd, PJWT_SAY(NO_MEMORY), NULL);
    }
}

/* With a config file of one's own, state and run lie beside it: the machine's stay untouched.
 */
static bool
is_own(const struct pjwt_cmd *cmd)
{
    return strcmp(cmd->config, PJWT_CONFIG) != 0;
}

static void
make_config(struct progress *p, const char *dir)
{
    const char *path = p->cmd->config;
    struct pjwt_why why = {""};
    enum pjwt_file found = pjwt_file_check(path, PJWT_FILE_PUBLIC, &why);
    PJWT_AUTO(text) char *text = NULL;

    if (found != PJWT_FILE_MISSING) {
        tell(p, path, false, found == PJWT_FILE_OK, why.text);
        return;
    }
    pjwt_file_sweep(dir);
    text = pjwt_sample_text(is_own(p->cmd) ? dir : NULL);
    found = text == NULL ? PJWT_FILE_MEMORY
                         : pjwt_file_replace(path, text, strlen(text), 0644, &why);
    tell(p, path, true, found == PJWT_FILE_OK, why.text);
}

static void
make_store(struct progress *p, const char *state)
{
    PJWT_AUTO(text) char *path = pjwt_config_path(state, PJWT_STORE_FILE);
    struct pjwt_why why = {""};
    bool made = false;
    pjwt_verdict v = PJWT_SAY(NO_MEMORY);

    if (path != NULL) {
        pjwt_open_patience();
        v = pjwt_store_init(state, &made, &why);
        pjwt_open_patience_end();
    }
    if (pjwt_ok(v)) {
        tell(p, path, made, true, "");
    } else {
        p->status = pjwt_say_verdict(p->cmd, v, &why);
    }
}

/* Where the config says. A new file says nothing yet, so its presets hold. */
static void
make_paths(struct progress *p)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_config_load(p->cmd->config, &config, &why);
    bool presets = v.reason == PJWT_CONFIG_EMPTY && !is_own(p->cmd);

    if (!pjwt_ok(v) && !presets) {
        p->status = pjwt_say_verdict(p->cmd, v, &why);
        return;
    }
    make_store(p, presets ? PJWT_STATE : config->state);
    make_dir(p, presets ? PJWT_RUN : config->run, PJWT_FILE_DIR, 0711);
}

enum pjwt_exit
pjwt_init_run(const struct pjwt_cmd *cmd)
{
    struct progress p = {.cmd = cmd, .status = PJWT_EXIT_OK};
    const char *slash = strrchr(cmd->config, '/');
    size_t len = slash == NULL ? 0 : (size_t)(slash - cmd->config);
    PJWT_AUTO(text) char *dir = strndup(cmd->config, len == 0 ? 1 : len);

    if (dir == NULL) {
        return pjwt_say_verdict(cmd, PJWT_SAY(NO_MEMORY), NULL);
    }
    pjwt_hold_begin();
    make_dir(&p, dir, PJWT_FILE_DIR, 0755);
    if (p.status != PJWT_EXIT_OK) {
        return p.status; /* nothing below it could be believed */
    }
    make_dir_in(&p, dir, "keys", PJWT_FILE_DIR, 0755);
    make_dir_in(&p, dir, "private", PJWT_FILE_SECRET_DIR, 0700);
    make_config(&p, dir);
    make_paths(&p);
    if (p.status == PJWT_EXIT_OK) {
        pjwt_say_line("Ready. Describe issuers and services in %s, then `pamjwt status`.",
                      cmd->config);
    }
    return p.status;
}
