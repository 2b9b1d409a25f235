/* Is everything there that a login needs? */
#include "helper/cmd/advice.h"
#include "helper/cmd/checks.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "helper/world.h"
#include "lib/base/file.h"
#include "lib/policy/config.h"
#include "lib/store/clock.h"
#include "lib/store/upkeep.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

static void
check_services(struct pjwt_checks *checks, const struct pjwt_config *config)
{
    for (size_t i = 0; i < config->services; i++) {
        const struct pjwt_list *names = &config->service[i].names;

        for (size_t j = 0; j < names->count; j++) {
            pjwt_checks_service(checks, &config->service[i], names->item[j]);
        }
    }
    if (config->services == 0) {
        pjwt_checks_add(checks, "services", PJWT_SAY(SERVICE_NONE),
                        "no [service NAME] section: every login is refused");
    }
}

#define ROOM_BYTES (1024UL * 1024) /* what a login and its journal may need */

/* A login writes: without room, or read-only, every one is refused. */
static pjwt_verdict
check_room(const char *state, struct pjwt_why *why)
{
    struct statvfs fs;

    if (statvfs(state, &fs) != 0) {
        return PJWT_SAY(OK);
    }
    if ((fs.f_flag & ST_RDONLY) != 0) {
        pjwt_why_set(why, "%s: the file system is read-only: every login is refused", state);
        return PJWT_SAY(STORE_UNREAD);
    }
    if (fs.f_bavail * fs.f_frsize < ROOM_BYTES || fs.f_favail == 0) {
        pjwt_why_set(why, "%s: the file system is full: logins are refused", state);
        return PJWT_SAY(STORE_FULL);
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
count_store(const struct pjwt_config *config, struct pjwt_store_counts *counts,
            struct pjwt_why *why)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;

    PJWT_TRY(pjwt_store_open(config->state, &store, why));
    PJWT_TRY(pjwt_store_count(store, counts));
    PJWT_TRY(check_room(config->state, why));
    pjwt_why_set(why, "schema %d, %ld tickets, %ld revocations, %ld blocks, %ld logins: %s",
                 counts->schema, counts->tickets, counts->revocations, counts->blocks,
                 counts->logins, config->state);
    return PJWT_SAY(OK);
}

/* Each login asks this. */
static pjwt_verdict
look_at_clock(const struct pjwt_config *config, struct pjwt_why *why)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct pjwt_clock clock = {0};

    pjwt_world_clock(&clock);
    PJWT_TRY(pjwt_store_open(config->state, &store, why));
    return pjwt_clock_check(store, &clock, why);
}

static void
check_clock(struct pjwt_checks *checks, const struct pjwt_config *config)
{
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_open_patience();
    v = look_at_clock(config, &why);
    pjwt_open_patience_end();
    if (v.reason == PJWT_CLOCK_BACK || pjwt_ok(v)) { /* the rest is said of the store itself */
        pjwt_checks_add(checks, "clock", v,
                        pjwt_ok(v) ? "not behind where a login saw it" : why.text);
    }
}

static pjwt_verdict
verify_store(const struct pjwt_config *config, struct pjwt_store_proof *proof,
             struct pjwt_why *why)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;

    PJWT_TRY(pjwt_store_open(config->state, &store, why));
    PJWT_TRY(pjwt_store_verify(store, proof, why));
    pjwt_why_set(why, "%lld pages and their rows are whole; commit %lld, acknowledged %lld",
                 (long long)proof->pages, (long long)proof->commit, (long long)proof->guard);
    return PJWT_SAY(OK);
}

/* All of the session file: --verify. */
static void
check_proof(struct pjwt_checks *checks, const struct pjwt_config *config)
{
    struct pjwt_store_proof proof = {0};
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_open_patience();
    v = verify_store(config, &proof, &why);
    pjwt_open_patience_end();
    pjwt_checks_add(checks, "store whole", v, why.text);
}

/* The store's counts as JSON, owned by the caller; null when it is not there. */
static json_t *
check_store(struct pjwt_checks *checks, const struct pjwt_config *config)
{
    struct pjwt_store_counts counts = {0};
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_open_patience();
    v = count_store(config, &counts, &why);
    pjwt_open_patience_end();
    pjwt_checks_add(checks, "store", v, why.text);
    if (!pjwt_ok(v)) {
        return json_null();
    }
    return json_pack("{s:i, s:I, s:I, s:I, s:I}", "schema", counts.schema, "tickets",
                     (json_int_t)counts.tickets, "revocations", (json_int_t)counts.revocations,
                     "blocks", (json_int_t)counts.blocks, "logins", (json_int_t)counts.logins);
}

/* The judge that the module starts, held to the module's own rules. Another config goes with a
 * verify= argument that we do not know. */
static void
check_judge(struct pjwt_checks *checks, const char *config)
{
    struct pjwt_why why = {""};
    bool good = pjwt_file_check(PJWT_VERIFY, PJWT_FILE_PUBLIC, &why) == PJWT_FILE_OK;

    if (strcmp(config, PJWT_CONFIG) != 0) {
        return;
    }
    if (good && access(PJWT_VERIFY, X_OK) != 0) {
        pjwt_why_set(&why, "%s cannot be run: %s", PJWT_VERIFY, strerrordesc_np(errno));
        good = false;
    }
    pjwt_checks_add(checks, "judge", good ? PJWT_SAY(OK) : PJWT_SAY(JUDGE_START),
                    good ? PJWT_VERIFY : why.text);
}

static void
check_dropins(struct pjwt_checks *checks, const struct pjwt_config *config)
{
    for (size_t i = 1; i < config->files.count; i++) {
        pjwt_checks_add(checks, "config", PJWT_SAY(OK), config->files.item[i]);
    }
}

static json_t *
check_all(const struct pjwt_cmd *cmd, struct pjwt_checks *checks)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_config_load(cmd->config, &config, &why);

    check_judge(checks, cmd->config);
    pjwt_checks_add(checks, "config", v, pjwt_ok(v) ? cmd->config : why.text);
    if (!pjwt_ok(v)) {
        return json_null();
    }
    check_dropins(checks, config);
    pjwt_checks_issuers(checks, config, NULL);
    check_services(checks, config);
    if (pjwt_flags_on(&cmd->args, "verify")) {
        check_proof(checks, config);
    }
    check_clock(checks, config);
    return check_store(checks, config);
}

enum pjwt_exit
pjwt_status_run(const struct pjwt_cmd *cmd)
{
    PJWT_CHECKS_SCOPE struct pjwt_checks checks = {0};
    json_t *store = NULL;
    bool ok = false;

    pjwt_checks_start(cmd, &checks);
    if (!checks.json) {
        (void)printf("pamjwt %s\n", PJWT_VERSION);
    }
    store = check_all(cmd, &checks);
    ok = pjwt_ok(checks.first);
    if (checks.json) {
        PJWT_AUTO(json)
        json_t *object =
            json_pack("{s:b, s:s, s:s, s:o, s:O}", "ok", ok, "version", PJWT_VERSION, "config",
                      cmd->config, "store", store, "checks", checks.rows);

        pjwt_output_json(object, true);
        return ok ? PJWT_EXIT_OK : PJWT_EXIT_UNAVAILABLE;
    }
    json_decref(store);
    if (!ok) {
        (void)fflush(stdout);
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, pjwt_advice(checks.first),
                              "not ready for logins: %s", pjwt_code(checks.first));
    }
    return PJWT_EXIT_OK;
}
