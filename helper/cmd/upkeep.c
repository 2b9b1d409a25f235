/* How is the session file carried over a loss? */
#include "lib/store/upkeep.h"
#include "helper/cmd/actor.h"
#include "helper/cmd/hold.h"
#include "helper/cmd/longest.h"
#include "helper/cmd/open.h"
#include "helper/cmd/repair.h"
#include "helper/cmd/say.h"
#include "helper/cmd/who.h"
#include "lib/base/grant.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

PJWT_DEFINE_DROP(words, const char *, free)

/* Absolute, for SQLite and for words that mean the same from everywhere. */
static enum pjwt_exit
read_path(const struct pjwt_cmd *cmd, char path[PATH_MAX])
{
    const char *word = cmd->args.operand[0];
    char here[PATH_MAX] = "";
    int len = 0;

    if (word[0] != '/' && getcwd(here, sizeof(here)) == NULL) {
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, NULL, "%s: %m", word);
    }
    len = snprintf(path, PATH_MAX, "%s%s%s", here, word[0] == '/' ? "" : "/", word);
    if (word[0] == '\0' || len < 0 || len >= PATH_MAX) {
        return pjwt_say_usage(cmd, "FILE: a path of 1 to %d bytes", PATH_MAX - 1);
    }
    return PJWT_EXIT_OK;
}

/* The copy, not the session file: a verdict's own words and cure speak of that one. */
static enum pjwt_exit
say_copy(const struct pjwt_cmd *cmd, pjwt_verdict v, const struct pjwt_why *why,
         const char *path)
{
    if (strncmp(why->text, path, strlen(path)) != 0) {
        return pjwt_say_verdict(cmd, v, why);
    }
    return pjwt_say_error(cmd, pjwt_say_status(v),
                          "name a new file, in a directory that is there and has room",
                          "the copy cannot be written: %s", why->text);
}

/* As above: logins go on with the session file that is there. */
static enum pjwt_exit
say_not_restored(const struct pjwt_cmd *cmd, pjwt_verdict v, const struct pjwt_why *why,
                 const char *state)
{
    bool of_backup = v.reason == PJWT_STORE_MISSING || v.reason == PJWT_STORE_UNSAFE ||
                     v.reason == PJWT_STORE_UNREAD || v.reason == PJWT_STORE_DAMAGED;

    if (!of_backup || strncmp(why->text, state, strlen(state)) == 0) {
        return pjwt_say_verdict(cmd, v, why);
    }
    return pjwt_say_error(cmd, pjwt_say_status(v),
                          "name a whole file that `pamjwt backup` made, root's and writable by "
                          "nobody else; the session file is as it was",
                          "nothing was restored: %s", why->text);
}

enum pjwt_exit
pjwt_backup_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct pjwt_why why = {""};
    char path[PATH_MAX];
    int64_t commit = 0;
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(read_path(cmd, path));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store_to_read(cmd, config, &store));
    pjwt_hold_begin();
    v = pjwt_store_backup(store, path, &commit, &why);
    if (!pjwt_ok(v)) {
        return say_copy(cmd, v, &why, path);
    }
    pjwt_say_line("%s holds all until commit %lld, and was read back whole.", path,
                  (long long)commit);
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_restore_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};
    char path[PATH_MAX];
    bool newest = false;
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(read_path(cmd, path));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    pjwt_hold_begin();
    pjwt_open_patience();
    pjwt_actor_find(cmd, cmd->actor);
    v = pjwt_store_restore(config->state, path, cmd->actor, &newest, &why);
    if (!pjwt_ok(v)) {
        return say_not_restored(cmd, v, &why, config->state);
    }
    pjwt_actor_log(cmd, "restore", path);
    pjwt_say_line("%s is in place; what was there is kept as %s/" PJWT_STORE_REPLACED ".", path,
                  config->state);
    if (!newest) {
        pjwt_say_line("It is not known to hold all that was revoked or spent since: logins are "
                      "refused until `pamjwt repair --accept-restore`.");
    }
    return PJWT_EXIT_OK;
}

/* What is lost cannot be listed, so the ways in which it may matter are. */
static void
say_unknown(long tickets, size_t issuers)
{
    pjwt_say_line("Logins are admitted again. Revoked: %ld ticket%s, and all that %zu issuer%s "
                  "issued until now.",
                  tickets, tickets == 1 ? "" : "s", issuers, issuers == 1 ? "" : "s");
    pjwt_say_line("What cannot be known: which users were blocked, which users, subjects and "
                  "keys were revoked since the backup was made.");
    pjwt_say_line("Block and revoke them again; a key that was given up must go: `pamjwt key "
                  "remove`. Logins that are open now go on.");
}

static enum pjwt_exit
accept(const struct pjwt_cmd *cmd, const struct pjwt_config *config, const char **iss)
{
    char by[PJWT_USER_MAX + 16];
    struct pjwt_acceptance acceptance = {.iss = iss,
                                         .issuers = config->issuers,
                                         .now = cmd->now,
                                         .expires = cmd->now + PJWT_LONGEST,
                                         .by = by,
                                         .why = "a restore was accepted",
                                         .actor = cmd->actor};
    struct pjwt_why why = {""};
    long tickets = 0;
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_who(by, sizeof(by));
    pjwt_actor_find(cmd, cmd->actor);
    for (size_t i = 0; i < config->issuers; i++) {
        iss[i] = config->issuer[i].iss;
    }
    pjwt_hold_begin();
    pjwt_open_patience();
    v = pjwt_store_accept(config->state, &acceptance, &tickets, &why);
    if (v.reason == PJWT_NOT_FOUND) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED,
                              "`pamjwt status` says whether logins are admitted", "%s",
                              why.text);
    }
    if (!pjwt_ok(v)) {
        return pjwt_say_verdict(cmd, v, &why);
    }
    say_unknown(tickets, config->issuers);
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_repair_accept(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(words) const char **iss = NULL;

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    iss = calloc(config->issuers + 1, sizeof(*iss));
    if (iss == NULL) {
        return pjwt_say_verdict(cmd, PJWT_SAY(NO_MEMORY), NULL);
    }
    return accept(cmd, config, iss);
}
