/* Who is logged in, and what does each login rest on? */
#include "helper/cmd/instant.h"
#include "helper/cmd/logins_end.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "helper/process/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ID, USER, SERVICE, TTY, FROM, SINCE, ENDS, RESTS_ON, COLUMNS };

static const char *const titles[COLUMNS] = {"ID",   "USER",  "SERVICE", "TTY",
                                            "FROM", "SINCE", "ENDS",    "RESTS ON"};

struct listing {
    const char *user; /* NULL: everybody */
    struct pjwt_processes all;
    struct pjwt_table table;
    json_t *rows; /* NULL: a table */
    bool measured;
    size_t count;
};

/* "alice", or "alice as root" where sudo opened another's session. */
static void
who(const struct pjwt_login_row *row, char *out, size_t size)
{
    bool same = strcmp(row->user, row->target) == 0;

    (void)snprintf(out, size, "%.255s%s%.255s", row->user, same ? "" : " as ",
                   same ? "" : row->target);
}

static void
rests_on(const struct pjwt_login_row *row, char *out, size_t size)
{
    const struct pjwt_grant *grant = &row->grant;

    if (row->ours == 0) {
        (void)snprintf(out, size, "not ours");
    } else if (grant->ticket[0] != '\0') {
        (void)snprintf(out, size, "ticket %s", grant->ticket);
    } else {
        (void)snprintf(out, size, "token of %s%s%s", grant->iss,
                       grant->jti[0] == '\0' ? "" : ", jti ", grant->jti);
    }
}

/* sshd says only "ssh": the terminal is that of the first process below that has one. */
static void
find_tty(const struct listing *list, const struct pjwt_login_row *row, char out[PJWT_TTY_SIZE])
{
    const struct pjwt_process *root = pjwt_processes_find(&list->all, (pid_t)row->pid);
    bool *member = root == NULL ? NULL : calloc(list->all.count, sizeof(*member));
    struct pjwt_group group;

    (void)snprintf(out, PJWT_TTY_SIZE, "%.*s", PJWT_TTY_SIZE - 1,
                   strncmp(row->tty, "/dev/", 5) == 0 ? row->tty + 5 : row->tty);
    if (member == NULL || strcmp(row->tty, "ssh") != 0) {
        free(member);
        return;
    }
    out[0] = '\0';
    pjwt_group_find(root, &group);
    pjwt_tree_mark(&list->all, root, &group, member);
    for (size_t i = 0; i < list->all.count && out[0] == '\0'; i++) {
        if (member[i]) {
            (void)pjwt_process_tty(&list->all.item[i], out);
        }
    }
    free(member);
}

static void
add_json(struct listing *list, const struct pjwt_login_row *row, const char *tty)
{
    json_t *object = json_object();

    pjwt_output_set(object, "id", row->id);
    pjwt_output_set(object, "user", row->user);
    pjwt_output_set(object, "target", row->target);
    pjwt_output_set(object, "service", row->grant.service);
    pjwt_output_set(object, "tty", tty);
    pjwt_output_set(object, "rhost", row->rhost);
    (void)json_object_set_new(object, "pid", json_integer(row->pid));
    pjwt_output_set_time(object, "opened", row->opened);
    pjwt_output_set_time(object, "expires", row->grant.expires);
    (void)json_object_set_new(object, "ours", json_boolean(row->ours != 0));
    pjwt_output_set(object, "ticket", row->grant.ticket);
    pjwt_output_set(object, "iss", row->grant.iss);
    pjwt_output_set(object, "sub", row->grant.sub);
    pjwt_output_set(object, "jti", row->grant.jti);
    pjwt_output_set(object, "kid", row->grant.kid);
    (void)json_array_append_new(list->rows, object);
}

static void
add_row(struct listing *list, const struct pjwt_login_row *row, const char *tty)
{
    char user[2 * PJWT_LOGIN_NAME + 4];
    char rests[PJWT_ISS_MAX + PJWT_JTI_MAX + 32];
    char since[PJWT_INSTANT_SIZE];
    char ends[PJWT_INSTANT_SIZE];
    const char *cell[COLUMNS] = {[ID] = row->id,
                                 [USER] = user,
                                 [SERVICE] = row->grant.service,
                                 [TTY] = tty[0] == '\0' ? "-" : tty,
                                 [FROM] = row->rhost[0] == '\0' ? "-" : row->rhost,
                                 [SINCE] = pjwt_instant_text(row->opened, since),
                                 [ENDS] = pjwt_instant_text(row->grant.expires, ends),
                                 [RESTS_ON] = rests};

    who(row, user, sizeof(user));
    rests_on(row, rests, sizeof(rests));
    if (list->measured) {
        pjwt_output_row(&list->table, cell);
    } else {
        pjwt_output_measure(&list->table, cell);
    }
}

static bool
each(void *context, const struct pjwt_login_row *row)
{
    struct listing *list = context;
    char tty[PJWT_TTY_SIZE];

    if (!pjwt_login_is_open(row) || (list->user != NULL && strcmp(list->user, row->user) != 0 &&
                                     strcmp(list->user, row->target) != 0)) {
        return true;
    }
    find_tty(list, row, tty);
    if (list->rows != NULL) {
        add_json(list, row, tty);
    } else {
        add_row(list, row, tty);
    }
    list->count++;
    return true;
}

static pjwt_verdict
print(struct pjwt_store *store, struct listing *list)
{
    PJWT_TRY(pjwt_login_list(store, each, list));
    if (list->rows != NULL) {
        pjwt_output_json(list->rows, true);
        return PJWT_SAY(OK);
    }
    list->measured = true;
    list->count = 0;
    return pjwt_login_list(store, each, list);
}

enum pjwt_exit
pjwt_login_list_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    PJWT_AUTO(json) json_t *rows = NULL;
    struct listing list = {.user = pjwt_flags_value(&cmd->args, "user"),
                           .table = {.title = titles, .columns = COLUMNS}};
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store_to_read(cmd, config, &store));
    rows = pjwt_flags_on(&cmd->args, "json") ? json_array() : NULL;
    list.rows = rows;
    (void)pjwt_processes_read(&list.all); /* without it there are no terminals to show */
    v = print(store, &list);
    pjwt_processes_clear(&list.all);
    if (!pjwt_ok(v)) {
        return pjwt_say_store(cmd, config, v);
    }
    if (list.count == 0 && rows == NULL) {
        pjwt_say_line("%s is logged in through a session line of pam_jwt.so.",
                      list.user == NULL ? "Nobody" : "No such user");
    }
    return PJWT_EXIT_OK;
}
