#include "helper/cmd/open.h"

#include "helper/cmd/actor.h"
#include "helper/cmd/hold.h"
#include "helper/cmd/say.h"
#include "helper/world.h"
#include "lib/policy/nearest.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>

#define PATIENCE 30 /* seconds that a command waits for a lock */

static void
wake(int signal)
{
    (void)signal; /* its arrival alone ends the wait: the system call returns EINTR */
}

void
pjwt_open_patience(void)
{
    struct sigaction action = {.sa_handler = wake}; /* without SA_RESTART */
    /* Again every second: the first one may arrive just before the call that waits. */
    struct itimerval timer = {.it_value.tv_sec = PATIENCE, .it_interval.tv_sec = 1};

    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGALRM, &action, NULL);
    (void)setitimer(ITIMER_REAL, &timer, NULL);
}

void
pjwt_open_patience_end(void)
{
    struct itimerval none = {.it_value.tv_sec = 0};

    (void)setitimer(ITIMER_REAL, &none, NULL);
    (void)signal(SIGALRM, SIG_IGN); /* one may be on its way */
}

enum pjwt_exit
pjwt_open_config(const struct pjwt_cmd *cmd, struct pjwt_config **config)
{
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_config_load(cmd->config, config, &why);

    return pjwt_ok(v) ? PJWT_EXIT_OK : pjwt_say_verdict(cmd, v, &why);
}

/* A section is known by the name that the administrator chose, and people write the iss. */
static enum pjwt_exit
say_no_issuer(const struct pjwt_cmd *cmd, const struct pjwt_config *config, const char *section)
{
    struct pjwt_nearest nearest = {.word = section};
    char words[PJWT_NEAREST_WORDS];
    char todo[512];

    for (size_t i = 0; i < config->issuers; i++) {
        if (strcmp(config->issuer[i].iss, section) == 0) {
            return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, "name the section",
                                  "%s is the iss of [issuer %s]", section,
                                  config->issuer[i].section);
        }
        pjwt_nearest_offer(&nearest, config->issuer[i].section);
    }
    (void)snprintf(todo, sizeof(todo),
                   "add to the file:\n\n"
                   "    [issuer %.64s]\n"
                   "    iss      = https://issuer.example.com\n"
                   "    keys     = %.64s.jwks\n"
                   "    audience = pam:this-machine\n",
                   section, section);
    return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, todo, "no section [issuer %s]: %s%s", section,
                          cmd->config, pjwt_nearest_words(&nearest, words));
}

enum pjwt_exit
pjwt_open_issuer(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                 const char *section, const struct pjwt_issuer **issuer)
{
    *issuer = pjwt_config_issuer_by_section(config, section);
    return *issuer != NULL ? PJWT_EXIT_OK : say_no_issuer(cmd, config, section);
}

enum pjwt_exit
pjwt_open_clock(const struct pjwt_cmd *cmd, struct pjwt_store *store)
{
    struct pjwt_clock clock = {0};
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_world_clock(&clock);
    v = pjwt_clock_check(store, &clock, &why);
    return pjwt_ok(v) ? PJWT_EXIT_OK : pjwt_say_verdict(cmd, v, &why);
}

enum pjwt_exit
pjwt_say_store(const struct pjwt_cmd *cmd, const struct pjwt_config *config, pjwt_verdict v)
{
    struct pjwt_why why = {""};

    pjwt_why_set(&why, "%s", config->state);
    return pjwt_say_verdict(cmd, v, &why);
}

enum pjwt_exit
pjwt_say_ticket(const struct pjwt_cmd *cmd, pjwt_verdict v, const char *id)
{
    struct pjwt_why why = {""};

    if (v.reason == PJWT_NOT_FOUND) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED,
                              "`pamjwt ticket list` shows them; an id is the 12 characters "
                              "behind pjt1_",
                              "there is no ticket %.64s", id);
    }
    pjwt_why_set(&why, "ticket %.64s", id);
    return pjwt_say_verdict(cmd, v, &why);
}

typedef pjwt_verdict open_fn(const char *dir, struct pjwt_store **store, struct pjwt_why *why);

/* What is changed from here on is changed for whoever is at the keyboard. */
static enum pjwt_exit
open_by(const struct pjwt_cmd *cmd, const struct pjwt_config *config, open_fn *by,
        struct pjwt_store **store)
{
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_open_patience();
    v = by(config->state, store, &why);
    if (!pjwt_ok(v)) {
        return pjwt_say_verdict(cmd, v, &why);
    }
    pjwt_actor_find(cmd, cmd->actor);
    pjwt_store_act_for(*store, cmd->actor);
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_open_store(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                struct pjwt_store **store)
{
    pjwt_hold_begin();
    return open_by(cmd, config, pjwt_store_open, store);
}

enum pjwt_exit
pjwt_open_store_to_revoke(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                          struct pjwt_store **store)
{
    pjwt_hold_begin();
    return open_by(cmd, config, pjwt_store_open_to_revoke, store);
}

enum pjwt_exit
pjwt_open_store_to_read(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                        struct pjwt_store **store)
{
    enum pjwt_exit status = open_by(cmd, config, pjwt_store_open, store);

    pjwt_open_patience_end();
    return status;
}
