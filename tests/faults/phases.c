/* What does the judge do between question and answer? */
#include "tests/faults/phases.h"

#include "tests/faults/house.h"

#include "lib/store/replay.h"

#include <stdio.h>
#include <string.h>

static bool
find_user(void *context, const char *name, uid_t *uid)
{
    (void)context;
    *uid = 1000;
    return strcmp(name, "alice") == 0 || strcmp(name, "mallory") == 0;
}

static bool
lives(void *context, int64_t pid, int64_t started)
{
    (void)context;
    (void)pid;
    (void)started;
    return false; /* so that the next one sweeps */
}

static pjwt_verdict
check_account(const struct pjwt_config *config, struct pjwt_store *store,
              const struct pjwt_scene *scene, const struct pjwt_secret *typed,
              struct pjwt_report *report)
{
    struct pjwt_grant grant = {0};
    bool granted = pjwt_secret_len(typed) == sizeof(grant);

    if (granted) {
        memcpy(&grant, pjwt_secret_bytes(typed), sizeof(grant));
    }
    return pjwt_account(config, store, scene, granted ? &grant : NULL, report);
}

static pjwt_verdict
decide(const struct pjwt_config *config, struct pjwt_store *store,
       const struct pjwt_scene *scene, enum phase phase, const struct pjwt_secret *typed,
       struct outcome *out)
{
    struct pjwt_report report = {0};
    char opened[PJWT_HANDOFF_SIZE] = "";
    char file[PJWT_TICKET_FILE_MAX] = "";

    switch (phase) {
    case PHASE_AUTH:
        return pjwt_login(config, store, scene, typed, &out->grant, out->login, &report);
    case PHASE_ACCOUNT:
        return check_account(config, store, scene, typed, &report);
    case PHASE_OPEN:
        break;
    }
    return pjwt_open(config, store, scene,
                     pjwt_secret_len(typed) == 1 ? "" : pjwt_secret_bytes(typed), opened, file,
                     &report);
}

pjwt_verdict
phase_run(const struct scenario *s, const struct pjwt_secret *typed, struct outcome *out)
{
    static const struct pjwt_users users = {.find = find_user};
    static const struct pjwt_living living = {.lives = lives};
    const struct pjwt_asker asker = HOUSE_ASKER;
    const struct pjwt_clock clock = {HOUSE_NOW, 5000, "a"};
    const struct pjwt_scene scene = {.now = HOUSE_NOW,
                                     .clock = &clock,
                                     .ssh_auth_info = HOUSE_SSH_KEY,
                                     .users = &users,
                                     .user = s->user,
                                     .ruser = "",
                                     .service = s->service == NULL ? "sshd" : s->service,
                                     .rhost = "",
                                     .boot = "a",
                                     .living = &living,
                                     .asker = &asker};
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct pjwt_why why = {""};

    PJWT_TRY(pjwt_config_load(house_config(), &config, &why));
    PJWT_TRY(pjwt_store_open(config->state, &store, &why));
    PJWT_TRY(pjwt_clock_check(store, &clock, &why));
    return decide(config, store, &scene, s->phase, typed, out);
}

/* What is good for one login was spent by it. */
static bool
spent_if_once(const struct outcome *out)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct pjwt_report report = {0};

    if (!out->grant.one_time) {
        return true;
    }
    return pjwt_ok(pjwt_config_load(house_config(), &config, &report.why)) &&
           pjwt_ok(pjwt_store_open(config->state, &store, &report.why)) &&
           !pjwt_ok(pjwt_replay_check(store, &out->grant, &report));
}

bool
phase_spent(const struct scenario *s, const struct pjwt_secret *typed,
            const struct outcome *out)
{
    struct outcome again = {0};

    if (s->phase != PHASE_OPEN) {
        return spent_if_once(out);
    }
    return phase_run(s, typed, &again).reason == PJWT_LOGIN_UNKNOWN;
}
