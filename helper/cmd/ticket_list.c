/* Which tickets are remembered, and what is known of one? */
#include "helper/cmd/instant.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "lib/policy/user.h"
#include "lib/store/tickets.h"

#include <stdio.h>
#include <string.h>

enum { ID, USER, SERVICES, CREATED, EXPIRES, STATE, NOTE, COLUMNS };

static const char *const titles[COLUMNS] = {"ID",      "USER",  "SERVICES", "CREATED",
                                            "EXPIRES", "STATE", "NOTE"};

struct listing {
    int64_t now;
    struct pjwt_table table;
    bool measured;
    size_t rows;
};

static const char *
state_of(const struct pjwt_ticket *row, int64_t now)
{
    if (row->revoked_at != 0) {
        return "revoked";
    }
    if (row->spent_at != 0) {
        return "spent";
    }
    return now >= row->expires ? "expired" : "good";
}

static json_t *
services_of(const char *services)
{
    json_t *names = json_array();

    while (*services != '\0') {
        size_t len = strcspn(services, ",");

        (void)json_array_append_new(names, json_stringn(services, len));
        services += len + (services[len] == ',' ? 1 : 0);
    }
    return names;
}

static json_t *
json_of(const struct pjwt_ticket *row, int64_t now)
{
    json_t *object = json_object();

    pjwt_output_set(object, "id", row->id);
    pjwt_output_set(object, "user", row->user);
    (void)json_object_set_new(object, "services", services_of(row->services));
    pjwt_output_set_time(object, "created", row->created);
    pjwt_output_set_time(object, "expires", row->expires);
    pjwt_output_set(object, "state", state_of(row, now));
    (void)json_object_set_new(object, "one_time", json_boolean(row->one_time != 0));
    pjwt_output_set_time(object, "spent_at", row->spent_at);
    pjwt_output_set(object, "note", row->note);
    pjwt_output_set_time(object, "revoked_at", row->revoked_at);
    pjwt_output_set(object, "revoked_by", row->revoked_by);
    pjwt_output_set(object, "revoked_why", row->revoked_why);
    pjwt_output_set(object, "origin_iss", row->iss);
    pjwt_output_set(object, "origin_sub", row->sub);
    pjwt_output_set(object, "origin_jti", row->jti);
    pjwt_output_set(object, "origin_kid", row->kid);
    pjwt_output_set_time(object, "origin_iat", row->iat);
    return object;
}

/* Called twice over all rows: once to measure, once to print, so that none is kept. */
static bool
table_row(void *context, const struct pjwt_ticket *row)
{
    struct listing *list = context;
    char created[PJWT_INSTANT_SIZE];
    char expires[PJWT_INSTANT_SIZE];
    const char *cell[COLUMNS] = {[ID] = row->id,
                                 [USER] = row->user,
                                 [SERVICES] = row->services,
                                 [CREATED] = pjwt_instant_text(row->created, created),
                                 [EXPIRES] = pjwt_instant_text(row->expires, expires),
                                 [STATE] = state_of(row, list->now),
                                 [NOTE] = row->note[0] == '\0' ? "-" : row->note};

    if (list->measured) {
        pjwt_output_row(&list->table, cell);
    } else {
        pjwt_output_measure(&list->table, cell);
    }
    list->rows++;
    return true;
}

static bool
json_row(void *context, const struct pjwt_ticket *row)
{
    struct listing *list = context;
    PJWT_AUTO(json) json_t *object = json_of(row, list->now);

    (void)fputs(list->rows++ == 0 ? "" : ",", stdout);
    pjwt_output_json(object, false);
    return ferror(stdout) == 0;
}

static pjwt_verdict
print_table(struct pjwt_store *store, const char *user, struct listing *list)
{
    PJWT_TRY(pjwt_ticket_list(store, user, table_row, list));
    list->measured = true;
    list->rows = 0;
    return pjwt_ticket_list(store, user, table_row, list);
}

static pjwt_verdict
print_json(struct pjwt_store *store, const char *user, struct listing *list)
{
    (void)fputs("[", stdout);
    PJWT_TRY(pjwt_ticket_list(store, user, json_row, list));
    (void)fputs("]\n", stdout);
    return PJWT_SAY(OK);
}

enum pjwt_exit
pjwt_ticket_list_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct listing list = {.now = cmd->now, .table = {.title = titles, .columns = COLUMNS}};
    const char *user = pjwt_flags_value(&cmd->args, "user");
    bool json = pjwt_flags_on(&cmd->args, "json");
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (user != NULL && !pjwt_user_name_valid(user)) {
        return pjwt_say_usage(cmd, "--user: %s is no local user name", user);
    }
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store_to_read(cmd, config, &store));
    v = json ? print_json(store, user, &list) : print_table(store, user, &list);
    if (!pjwt_ok(v)) {
        return pjwt_say_verdict(cmd, v, NULL);
    }
    if (list.rows == 0 && !json) {
        pjwt_say_line("No tickets.");
    }
    return PJWT_EXIT_OK;
}

/* One line for a person; nothing for what is not known. */
static void
print_member(const char *name, const json_t *value)
{
    PJWT_AUTO(text)
    char *text = json_is_string(value) ? strdup(json_string_value(value)) : NULL;

    if (text != NULL) {
        pjwt_output_clean(text, "");
        (void)printf("%-12s %s\n", name, text);
    }
}

static void
print_ticket(json_t *object)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_t *service = NULL;
    size_t i = 0;

    json_object_foreach(object, name, value)
    {
        print_member(name, value);
        json_array_foreach(value, i, service) { print_member(i == 0 ? name : "", service); }
    }
}

enum pjwt_exit
pjwt_ticket_show_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    PJWT_AUTO(json) json_t *object = NULL;
    struct pjwt_ticket row = {0};
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store_to_read(cmd, config, &store));
    v = pjwt_ticket_get(store, cmd->args.operand[0], &row);
    if (!pjwt_ok(v)) {
        return pjwt_say_ticket(cmd, v, cmd->args.operand[0]);
    }
    object = json_of(&row, cmd->now);
    if (pjwt_flags_on(&cmd->args, "json")) {
        pjwt_output_json(object, true);
    } else {
        print_ticket(object);
    }
    return PJWT_EXIT_OK;
}
