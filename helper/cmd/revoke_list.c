/* What stands revoked, and how is one of it taken back? */
#include "helper/cmd/instant.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "lib/policy/nearest.h"
#include "lib/store/revocation_list.h"

#include <stdio.h>
#include <string.h>

enum { ID, KIND, ISSUER, VALUE, BEFORE, EXPIRES, BY, REASON, COLUMNS };

static const char *const titles[COLUMNS] = {"ID",     "KIND",  "ISSUER", "WHAT",
                                            "BEFORE", "UNTIL", "BY",     "REASON"};

struct listing {
    const char *kind; /* NULL: every kind */
    struct pjwt_table table;
    bool measured;
    size_t rows;
};

static bool
wanted(const struct listing *list, const struct pjwt_revoked *row)
{
    return list->kind == NULL || strcmp(list->kind, row->kind) == 0;
}

/* Called twice over all rows: once to measure, once to print, so that none is kept. */
static bool
table_row(void *context, const struct pjwt_revoked *item)
{
    struct listing *list = context;
    const struct pjwt_revocation *row = &item->row;
    char before[PJWT_INSTANT_SIZE];
    char expires[PJWT_INSTANT_SIZE];
    const char *cell[COLUMNS] = {[ID] = item->id,
                                 [KIND] = item->kind,
                                 [ISSUER] = row->iss[0] == '\0' ? "-" : row->iss,
                                 [VALUE] = row->value[0] == '\0' ? "-" : row->value,
                                 [BEFORE] = pjwt_instant_text(row->before, before),
                                 [EXPIRES] = pjwt_instant_text(row->expires, expires),
                                 [BY] = row->by,
                                 [REASON] = row->why[0] == '\0' ? "-" : row->why};

    if (!wanted(list, item)) {
        return true;
    }
    if (list->measured) {
        pjwt_output_row(&list->table, cell);
    } else {
        pjwt_output_measure(&list->table, cell);
    }
    list->rows++;
    return ferror(stdout) == 0;
}

static bool
json_row(void *context, const struct pjwt_revoked *item)
{
    struct listing *list = context;
    PJWT_AUTO(json) json_t *object = NULL;

    if (!wanted(list, item)) {
        return true;
    }
    object = json_object();
    pjwt_output_set(object, "id", item->id);
    pjwt_output_set(object, "kind", item->kind);
    pjwt_output_set(object, "iss", item->row.iss);
    pjwt_output_set(object, "value", item->row.value);
    pjwt_output_set_time(object, "before", item->row.before);
    pjwt_output_set_time(object, "created", item->row.created);
    pjwt_output_set_time(object, "until", item->row.expires);
    pjwt_output_set(object, "by", item->row.by);
    pjwt_output_set(object, "reason", item->row.why);
    (void)fputs(list->rows++ == 0 ? "" : ",", stdout);
    pjwt_output_json(object, false);
    return ferror(stdout) == 0;
}

static pjwt_verdict
print_table(struct pjwt_store *store, struct listing *list)
{
    PJWT_TRY(pjwt_revocation_list(store, table_row, list));
    list->measured = true;
    list->rows = 0;
    return pjwt_revocation_list(store, table_row, list);
}

static pjwt_verdict
print_json(struct pjwt_store *store, struct listing *list)
{
    (void)fputs("[", stdout);
    PJWT_TRY(pjwt_revocation_list(store, json_row, list));
    (void)fputs("]\n", stdout);
    return PJWT_SAY(OK);
}

/* One that is mistyped would list nothing, as if nothing were revoked. */
static enum pjwt_exit
check_kind(const struct pjwt_cmd *cmd, const char *kind)
{
    static const char *const kinds[] = {"jti", "user",  "subject", "issuer",
                                        "key", "block", "ticket"};
    struct pjwt_nearest nearest = {.word = kind};
    char words[PJWT_NEAREST_WORDS];

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(kind, kinds[i]) == 0) {
            return PJWT_EXIT_OK;
        }
        pjwt_nearest_offer(&nearest, kinds[i]);
    }
    return pjwt_say_usage(cmd, "--kind: there is no kind %s%s", kind,
                          pjwt_nearest_words(&nearest, words));
}

enum pjwt_exit
pjwt_revoke_list_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct listing list = {.kind = pjwt_flags_value(&cmd->args, "kind"),
                           .table = {.title = titles, .columns = COLUMNS}};
    bool json = pjwt_flags_on(&cmd->args, "json");
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(list.kind == NULL ? PJWT_EXIT_OK : check_kind(cmd, list.kind));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store_to_read(cmd, config, &store));
    v = json ? print_json(store, &list) : print_table(store, &list);
    if (!pjwt_ok(v)) {
        return pjwt_say_store(cmd, config, v);
    }
    if (list.rows == 0 && !json) {
        pjwt_say_line(list.kind == NULL ? "Nothing is revoked, and nobody is blocked."
                                        : "Nothing of that kind stands.");
    }
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_revoke_undo_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    const char *id = cmd->args.operand[0];
    struct pjwt_revoked undone;
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store(cmd, config, &store));
    v = pjwt_revocation_undo(store, id, &undone);
    if (v.reason == PJWT_NOT_FOUND) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED,
                              "`pamjwt revoke list` shows what is revoked, with its id",
                              "nothing revoked has the id %s", id);
    }
    if (!pjwt_ok(v)) {
        return pjwt_say_store(cmd, config, v);
    }
    pjwt_say_line("Taken back: %s %s%s%s.", undone.kind, undone.row.iss,
                  undone.row.iss[0] == '\0' || undone.row.value[0] == '\0' ? "" : " ",
                  undone.row.value);
    if (strcmp(undone.kind, "ticket") != 0 && strcmp(undone.kind, "block") != 0) {
        pjwt_say_line("Tickets that it ended stay ended; each has an id of its own in `pamjwt "
                      "revoke list`.");
    }
    return PJWT_EXIT_OK;
}
