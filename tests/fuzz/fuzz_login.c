/* With a signing oracle: does a token log in exactly when the rules, said a second time, let it
 * in? */
#include "tests/fuzz/support/edit.h"
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
                                        "queue.lock",  "sessions.guard",  "sessions.reserve"};
    char path[128];

    pjwt_store_close(store);
    pjwt_config_free(config);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        (void)snprintf(path, sizeof(path), "%s/%s", dir, files[i]);
        (void)unlink(path);
    }
    (void)rmdir(dir);
}

static void
prepare(void)
{
    struct pjwt_why why = {""};
    bool made = false;

    FUZZ_MUST(mkdtemp(dir) != NULL);
    FUZZ_MUST(pjwt_ok(pjwt_store_init(dir, &made, &why)));
    FUZZ_MUST(pjwt_ok(pjwt_store_open(dir, &store, &why)));
    fuzz_files_hold(RULES_CONFIG, strlen(RULES_CONFIG));
    FUZZ_MUST(pjwt_ok(pjwt_config_load("/pam_jwt.conf", &config, &why)));
    fuzz_files_hold(keys, strlen(keys));
    FUZZ_MUST(atexit(remove_store) == 0);
}

static bool
find_user(void *context, const char *name, uid_t *uid)
{
    (void)context;
    *uid = strcmp(name, "root") == 0 ? 0 : 1000;
    return strcmp(name, "root") == 0 || strcmp(name, "alice") == 0 || strcmp(name, "bob") == 0;
}

static pjwt_verdict
judge(const struct pjwt_secret *typed)
{
    static const struct pjwt_users users = {find_user, NULL};
    const struct pjwt_scene scene = {.now = RULES_NOW,
                                     .users = &users,
                                     .user = RULES_USER,
                                     .ruser = "",
                                     .service = "sshd",
                                     .rhost = ""};
    struct pjwt_grant grant = {0};
    struct pjwt_report report = {0};
    char login[PJWT_HANDOFF_SIZE] = "";
    pjwt_verdict v = pjwt_login(config, store, &scene, typed, &grant, login, &report);

    FUZZ_MUST(v.reason != PJWT_UNSET && v.reason != PJWT_INTERNAL);
    FUZZ_MUST((strcmp(grant.user, RULES_USER) == 0) == pjwt_ok(v));
    FUZZ_MUST(report.looked && (report.authentic || !pjwt_ok(v)));
    return v;
}

/* Whoever reads the fuzzer's output wants the token, not the bytes that led to it. */
static void
compare(const struct edit_token *token, pjwt_verdict v)
{
    bool expected =
        rules_accept(token->header, token->header_len, token->payload, token->payload_len);

    if (pjwt_ok(v) != expected) {
        (void)fprintf(stderr, "%s\n%s\nverdict: %s; by the rules: %s\n", token->header,
                      token->payload, pjwt_code(v), expected ? "accepted" : "refused");
    }
    FUZZ_MUST(pjwt_ok(v) == expected);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    PJWT_AUTO(secret) struct pjwt_secret *typed = NULL;
    struct edit_token token = {0};

    if (store == NULL) {
        prepare();
    }
    edit_make(bytes, len, &token);
    typed = fuzz_signed(token.header, token.header_len, token.payload, token.payload_len);
    compare(&token, judge(typed));
    edit_clear(&token);
    return 0;
}
