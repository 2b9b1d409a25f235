/* What do the fuzzed logins happen in? */
#include "tests/fuzz/support/world.h"

#include "tests/fuzz/support/fuzz.h"
#include "tests/fuzz/support/rules.h"

#include "lib/login.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char keys[] =
    "{\"keys\":[{\"kty\":\"AKP\",\"kid\":\"b\"},{" FUZZ_ED25519 ",\"kid\":\"a\"}]}";

static char dir[] = "/tmp/pjwt-fuzz-XXXXXX";
static struct pjwt_store *store;
static struct pjwt_config *config;

static void
remove_store(void)
{
    static const char *const files[] = {"sessions.db", "sessions.db-wal", "sessions.db-shm",
                                        "queue.lock"};
    char path[128];

    pjwt_store_close(store);
    pjwt_config_free(config);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        (void)snprintf(path, sizeof(path), "%s/%s", dir, files[i]);
        (void)unlink(path);
    }
    (void)rmdir(dir);
}

void
world_prepare(const char *text, const char *secret_keys, const char *maps)
{
    struct pjwt_why why = {""};
    bool made = false;

    if (store != NULL) {
        return;
    }
    FUZZ_MUST(mkdtemp(dir) != NULL);
    FUZZ_MUST(pjwt_ok(pjwt_store_init(dir, &made, &why)));
    FUZZ_MUST(pjwt_ok(pjwt_store_open(dir, &store, &why)));
    fuzz_files_hold(text, strlen(text));
    FUZZ_MUST(pjwt_ok(pjwt_config_load("/pam_jwt.conf", &config, &why)));
    fuzz_files_hold(keys, strlen(keys));
    fuzz_files_hold_secret(secret_keys);
    fuzz_files_hold_maps(maps);
    FUZZ_MUST(atexit(remove_store) == 0);
}

static bool
find_user(void *context, const char *name, uid_t *uid)
{
    (void)context;
    *uid = strcmp(name, "root") == 0 ? 0 : 1000;
    return strcmp(name, "root") == 0 || strcmp(name, "alice") == 0 || strcmp(name, "bob") == 0;
}

pjwt_verdict
world_judge(const struct pjwt_secret *typed, enum rules_service service)
{
    static const struct pjwt_users users = {.find = find_user};
    const struct pjwt_scene scene = {.now = RULES_NOW,
                                     .users = &users,
                                     .user = RULES_USER,
                                     .ruser = "",
                                     .service = service == RULES_SSHD ? "sshd" : "su",
                                     .rhost = "",
                                     .ssh_auth_info = RULES_SSH_KEY};
    struct pjwt_grant grant = {0};
    struct pjwt_report report = {0};
    char login[PJWT_HANDOFF_SIZE] = "";
    pjwt_verdict v = pjwt_login(config, store, &scene, typed, &grant, login, &report);

    FUZZ_MUST(v.reason != PJWT_UNSET && v.reason != PJWT_INTERNAL);
    FUZZ_MUST((strcmp(grant.user, RULES_USER) == 0) == pjwt_ok(v));
    FUZZ_MUST(report.looked && (report.authentic || !pjwt_ok(v)));
    return v;
}
