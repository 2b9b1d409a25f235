/* Who changed what, when, from where and why? */
#include "lib/store/audit.h"
#include "helper/cmd/instant.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "lib/policy/nearest.h"

#include <stdio.h>
#include <string.h>

enum { TIME, WHO, FROM, ACT, OBJECT, REASON, COLUMNS };

static const char *const titles[COLUMNS] = {"TIME", "WHO", "FROM", "ACT", "ON", "REASON"};

struct listing {
    struct pjwt_table table;
    bool measured;
    size_t rows;
};

static const char *
or_dash(const char *text)
{
    return text[0] == '\0' ? "-" : text;
}

/* Called twice over all rows: once to measure, once to print, so that none is kept. */
static bool
table_row(void *context, const struct pjwt_audit *row)
{
    struct listing *list = context;
    char at[PJWT_INSTANT_SIZE];
    const char *cell[COLUMNS] = {[TIME] = pjwt_instant_text(row->at, at),
                                 [WHO] = row->who,
                                 [FROM] = or_dash(row->from),
                                 [ACT] = row->act,
                                 [OBJECT] = or_dash(row->object),
                                 [REASON] = or_dash(row->why)};

    if (list->measured) {
        pjwt_output_row(&list->table, cell);
    } else {
        pjwt_output_measure(&list->table, cell);
    }
    list->rows++;
    return ferror(stdout) == 0;
}

static bool
json_row(void *context, const struct pjwt_audit *row)
{
    struct listing *list = context;
    PJWT_AUTO(json) json_t *object = json_pack("{s:I}", "number", (json_int_t)row->number);

    pjwt_output_set_time(object, "at", row->at);
    pjwt_output_set(object, "who", row->who);
    pjwt_output_set(object, "from", row->from);
    pjwt_output_set(object, "act", row->act);
    pjwt_output_set(object, "on", row->object);
    pjwt_output_set(object, "reason", row->why);
    (void)fputs(list->rows++ == 0 ? "" : ",", stdout);
    pjwt_output_json(object, false);
    return ferror(stdout) == 0;
}

static pjwt_verdict
print(struct pjwt_store *store, const struct pjwt_audit_filter *filter, bool json,
      struct listing *list)
{
    if (json) {
        (void)fputs("[", stdout);
        PJWT_TRY(pjwt_audit_list(store, filter, json_row, list));
        (void)fputs("]\n", stdout);
        return PJWT_SAY(OK);
    }
    PJWT_TRY(pjwt_audit_list(store, filter, table_row, list));
    list->measured = true;
    list->rows = 0;
    return pjwt_audit_list(store, filter, table_row, list);
}

static enum pjwt_exit
read_filter(const struct pjwt_cmd *cmd, struct pjwt_audit_filter *filter)
{
    const char *since = pjwt_flags_value(&cmd->args, "since");

    filter->who = pjwt_flags_value(&cmd->args, "who");
    filter->act = pjwt_flags_value(&cmd->args, "act");
    filter->object = pjwt_flags_value(&cmd->args, "on");
    if (since != NULL &&
        !pjwt_instant_parse(since, cmd->now, PJWT_INSTANT_AGO, &filter->since)) {
        return pjwt_say_usage(cmd,
                              "--since: %s is neither a span such as 2h nor a time such as "
                              "2026-01-31T23:59:59Z",
                              since);
    }
    return PJWT_EXIT_OK;
}

/* With a verb that is none, however it was meant, there is never anything. */
static void
say_nothing(const char *act)
{
    size_t len = act == NULL ? 0 : strcspn(act, " ");
    char verb[PJWT_AUDIT_ACT] = "";
    struct pjwt_nearest nearest = {.word = verb};
    char words[PJWT_NEAREST_WORDS];
    bool known = len == 0 || len >= sizeof(verb);

    memcpy(verb, known ? "" : act, known ? 1 : len);
    for (const struct pjwt_command *c = pjwt_commands; c->verb != NULL; c++) {
        known = known || strcmp(c->verb, verb) == 0;
        pjwt_nearest_offer(&nearest, c->verb);
    }
    if (known) {
        pjwt_say_line("Nothing was done that this asks for.");
    } else {
        pjwt_say_line("Nothing was done that this asks for: --act: there is no verb %s%s.",
                      verb, pjwt_nearest_words(&nearest, words));
    }
}

enum pjwt_exit
pjwt_audit_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct listing list = {.table = {.title = titles, .columns = COLUMNS}};
    struct pjwt_audit_filter filter = {0};
    bool json = pjwt_flags_on(&cmd->args, "json");
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(read_filter(cmd, &filter));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store_to_read(cmd, config, &store));
    v = print(store, &filter, json, &list);
    if (!pjwt_ok(v)) {
        return pjwt_say_store(cmd, config, v);
    }
    if (list.rows == 0 && !json) {
        say_nothing(filter.act);
    }
    return PJWT_EXIT_OK;
}
