#include "helper/cmd/logins_end.h"

#include "helper/cmd/actor.h"
#include "helper/cmd/open.h"
#include "helper/cmd/say.h"
#include "helper/process/ending.h"
#include "lib/login_ticket.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
is_of_this_boot(const struct pjwt_login_row *row)
{
    char boot[PJWT_BOOT_SIZE];

    pjwt_process_boot(boot);
    return strcmp(row->boot, boot) == 0;
}

bool
pjwt_login_is_open(const struct pjwt_login_row *row)
{
    return is_of_this_boot(row) && pjwt_process_lives((pid_t)row->pid, (uint64_t)row->started);
}

/* Its process was killed, perhaps by who wanted to keep what it started. */
static void
say_lost(const struct pjwt_login_row *row)
{
    pjwt_say_line(
        "login %s of %s (%s): its process was killed before; what it started may still "
        "run",
        row->id, row->user, row->grant.service);
}

/* The rows that are to go, and which of them are open logins. */
struct choice {
    struct pjwt_store *store;
    pjwt_login_wanted_fn *wanted;
    void *context;
    struct pjwt_login_row *row; /* owned */
    bool *open;                 /* owned */
    size_t count, room;
    bool failed; /* no memory */
};

static void
choice_clear(struct choice *c)
{
    free(c->row);
    free(c->open);
}

static bool
make_room(struct choice *c)
{
    size_t room = c->room == 0 ? 16 : c->room * 2;
    struct pjwt_login_row *row = NULL;
    bool *open = NULL;

    if (c->count < c->room) {
        return true;
    }
    row = reallocarray(c->row, room, sizeof(*row));
    c->row = row == NULL ? c->row : row;
    open = reallocarray(c->open, room, sizeof(*open));
    c->open = open == NULL ? c->open : open;
    c->room = row == NULL || open == NULL ? c->room : room;
    return c->count < c->room;
}

static bool
choose(void *context, const struct pjwt_login_row *row)
{
    struct choice *c = context;
    bool open = pjwt_login_is_open(row);
    bool wanted = c->wanted(c->context, c->store, row);

    if (open && !wanted) {
        return true;
    }
    if (!open && wanted && is_of_this_boot(row)) {
        say_lost(row);
    }
    if (!make_room(c)) {
        c->failed = true;
        return false;
    }
    c->row[c->count] = *row;
    c->open[c->count++] = open;
    return true;
}

/* In the system's log too, whichever command it was: a timer's words are read by nobody. */
static void
say(const struct pjwt_cmd *cmd, const struct pjwt_login_row *row,
    const struct pjwt_ended *ended)
{
    const char *from = row->rhost[0] != '\0' ? row->rhost : row->tty;
    char object[PJWT_LOGIN_ID_LEN + PJWT_LOGIN_NAME + 2];

    if (ended->survivor != 0) {
        pjwt_say_line("login %s of %s (%s%s%s) is NOT ended: process %ld is still there",
                      row->id, row->user, row->grant.service, from[0] == '\0' ? "" : ", ", from,
                      (long)ended->survivor);
    } else {
        pjwt_say_line("login %s of %s (%s%s%s) ended: %zu processes", row->id, row->user,
                      row->grant.service, from[0] == '\0' ? "" : ", ", from, ended->processes);
        (void)snprintf(object, sizeof(object), "%s %s", row->id, row->user);
        pjwt_actor_log(cmd, "login end", object);
    }
}

static pjwt_verdict
forget(const struct pjwt_config *config, struct pjwt_store *store, const char *id, int64_t now)
{
    pjwt_verdict v = pjwt_login_over(config, store, id, NULL, now);

    return v.reason == PJWT_NOT_FOUND ? PJWT_SAY(OK) : v; /* close_session came first */
}

/* Ends those that are open, all at once, so that ten take no longer than one. */
static enum pjwt_exit
end_chosen(const struct pjwt_cmd *cmd, const struct pjwt_config *config, struct choice *c,
           struct pjwt_ended *ended, size_t *open)
{
    enum pjwt_exit status = PJWT_EXIT_OK;

    for (size_t i = 0; i < c->count; i++) {
        if (c->open[i]) {
            ended[(*open)++] = (struct pjwt_ended){.pid = (pid_t)c->row[i].pid,
                                                   .started = (uint64_t)c->row[i].started};
        }
    }
    if (*open > 0 && !pjwt_ending_run(ended, *open)) {
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, NULL,
                              "the processes of %zu logins cannot be looked at", *open);
    }
    for (size_t i = 0, next = 0; i < c->count; i++) {
        pjwt_verdict v = PJWT_SAY(OK);
        bool survives = c->open[i] && ended[next].survivor != 0;

        if (c->open[i]) {
            say(cmd, &c->row[i], &ended[next++]);
        }
        v = survives ? v : forget(config, c->store, c->row[i].id, cmd->now);
        if (!pjwt_ok(v)) {
            status = pjwt_say_store(cmd, config, v);
        }
        status = survives ? PJWT_EXIT_UNAVAILABLE : status;
    }
    return status;
}

enum pjwt_exit
pjwt_logins_end(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                struct pjwt_store *store, pjwt_login_wanted_fn *wanted, void *context,
                size_t *ended)
{
    struct choice c __attribute__((cleanup(choice_clear))) = {
        .store = store, .wanted = wanted, .context = context};
    struct pjwt_ended *list = NULL;
    enum pjwt_exit status = PJWT_EXIT_OK;
    size_t open = 0;
    pjwt_verdict v = pjwt_login_list(store, choose, &c);

    if (!pjwt_ok(v)) {
        return pjwt_say_store(cmd, config, v);
    }
    list = calloc(c.count + 1, sizeof(*list));
    if (c.failed || list == NULL) {
        free(list);
        return pjwt_say_verdict(cmd, PJWT_SAY(NO_MEMORY), NULL);
    }
    status = end_chosen(cmd, config, &c, list, &open);
    free(list);
    if (ended != NULL) {
        *ended = open;
    }
    return status;
}

/* Not when the session file cannot tell: that is no reason to throw anybody out. Nor when the
 * ticket's row is gone: it expired, and went. */
static bool
is_revoked(void *context, struct pjwt_store *store, const struct pjwt_login_row *row)
{
    const int64_t *now = context;
    struct pjwt_report report = {0};
    pjwt_verdict v = pjwt_login_stands(store, row, *now, &report);

    return pjwt_class_of(v) == PJWT_CLASS_DENY && v.reason != PJWT_TICKET_UNKNOWN;
}

enum pjwt_exit
pjwt_logins_end_revoked(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                        struct pjwt_store *store)
{
    int64_t now = cmd->now;

    if (config->logins_end == PJWT_END_NO) {
        pjwt_say_line("Open logins stay open: [logins] end = no.");
        return PJWT_EXIT_OK;
    }
    return pjwt_logins_end(cmd, config, store, is_revoked, &now, NULL);
}
