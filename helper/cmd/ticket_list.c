/* Which tickets are remembered, and what is known of one? */
#include "helper/cmd/instant.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "lib/policy/user.h"
#include "lib/store/tickets.h"

#include <stdio.h>
#include <string.h>

enum { ID, USER, SERVICES, CREATED, USED, EXPIRES, STATE, NOTE, COLUMNS };

static const char *const titles[COLUMNS] = {"ID",   "USER",    "SERVICES", "CREATED",
                                            "USED", "EXPIRES", "STATE",    "NOTE"};

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
    if (now >= row->expires) {
        return "expired";
    }
    return pjwt_ticket_is_idle(row, now) ? "idle" : "good";
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

/* Seconds for programs; nothing where there is no limit. */
static void
set_span(json_t *object, const char *name, int64_t seconds)
{
    (void)json_object_set_new(object, name, seconds == 0 ? json_null() : json_integer(seconds));
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
    set_span(object, "lifetime", row->lifetime);
    set_span(object, "idle", row->idle);
    pjwt_output_set_time(object, "last_used", row->last_used);
    pjwt_output_set_time(object, "renewable_until", row->renewable_until);
    pjwt_output_set(object, "from", row->from);
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
    char used[PJWT_INSTANT_SIZE];
    char expires[PJWT_INSTANT_SIZE];
    const char *cell[COLUMNS] = {[ID] = row->id,
                                 [USER] = row->user,
                                 [SERVICES] = row->services,
                                 [CREATED] = pjwt_instant_text(row->created, created),
                                 [USED] = pjwt_instant_text(row->last_used, used),
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
print_table(struct pjwt_store *store, const struct pjwt_ticket_filter *filter,
            struct listing *list)
{
    PJWT_TRY(pjwt_ticket_list(store, filter, table_row, list));
    list->measured = true;
    list->rows = 0;
    return pjwt_ticket_list(store, filter, table_row, list);
}

static pjwt_verdict
print_json(struct pjwt_store *store, const struct pjwt_ticket_filter *filter,
           struct listing *list)
{
    (void)fputs("[", stdout);
    PJWT_TRY(pjwt_ticket_list(store, filter, json_row, list));
    (void)fputs("]\n", stdout);
    return PJWT_SAY(OK);
}

static enum pjwt_exit
read_instant(const struct pjwt_cmd *cmd, const char *name, enum pjwt_instant_way way,
             int64_t *instant)
{
    const char *text = pjwt_flags_value(&cmd->args, name);

    if (text != NULL && !pjwt_instant_parse(text, cmd->now, way, instant)) {
        return pjwt_say_usage(cmd,
                              "--%s: %s is neither a span such as 2h nor a time such as "
                              "2026-01-31T23:59:59Z",
                              name, text);
    }
    return PJWT_EXIT_OK;
}

static enum pjwt_exit
read_filter(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
            struct pjwt_ticket_filter *filter)
{
    const char *section = pjwt_flags_value(&cmd->args, "issuer");
    const struct pjwt_issuer *issuer = NULL;

    filter->user = pjwt_flags_value(&cmd->args, "user");
    filter->service = pjwt_flags_value(&cmd->args, "service");
    filter->now = cmd->now;
    if (filter->user != NULL && !pjwt_user_name_valid(filter->user)) {
        return pjwt_say_usage(cmd, "--user: %s is no local user name", filter->user);
    }
    if (section != NULL) {
        PJWT_OR_EXIT(pjwt_open_issuer(cmd, config, section, &issuer));
        filter->iss = issuer->iss;
    }
    PJWT_OR_EXIT(read_instant(cmd, "expiring", PJWT_INSTANT_FROM_NOW, &filter->expiring_by));
    return read_instant(cmd, "idle", PJWT_INSTANT_AGO, &filter->unused_since);
}

enum pjwt_exit
pjwt_ticket_list_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct listing list = {.now = cmd->now, .table = {.title = titles, .columns = COLUMNS}};
    struct pjwt_ticket_filter filter = {0};
    bool json = pjwt_flags_on(&cmd->args, "json");
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(read_filter(cmd, config, &filter));
    PJWT_OR_EXIT(pjwt_open_store_to_read(cmd, config, &store));
    v = json ? print_json(store, &filter, &list) : print_table(store, &filter, &list);
    if (!pjwt_ok(v)) {
        return pjwt_say_verdict(cmd, v, NULL);
    }
    if (list.rows == 0 && !json) {
        pjwt_say_line(cmd->args.givens > 0 ? "No tickets that this asks for." : "No tickets.");
    }
    return PJWT_EXIT_OK;
}

/* One line for a person; nothing for what is not known. */
static void
print_member(const char *name, const json_t *value)
{
    PJWT_AUTO(text)
    char *text = json_is_string(value) ? strdup(json_string_value(value)) : NULL;

    char span[PJWT_SPAN_SIZE];

    if (text != NULL) {
        pjwt_output_clean(text, "");
        (void)printf("%-15s %s\n", name, text);
    } else if (json_is_integer(value)) {
        (void)printf("%-15s %s\n", name, pjwt_instant_span(json_integer_value(value), span));
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
