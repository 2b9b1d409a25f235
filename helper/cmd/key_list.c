/* Which public keys are installed, and which of them can a login use? */
#include "helper/cmd/decrypt_keys.h"
#include "helper/cmd/key_rows.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"

#include <stdio.h>
#include <string.h>

enum { ISSUER, KID, ALG, KIND, STATE, THUMBPRINT, FILE_NAME, COLUMNS };

static const char *const titles[COLUMNS] = {"ISSUER", "KID",        "ALG", "KEY",
                                            "STATE",  "THUMBPRINT", "FILE"};

struct words {
    char kind[64];
    char state[PJWT_WHY_MAX + 64];
};

static const char *
text_of(const json_t *row, const char *name)
{
    const char *text = json_string_value(json_object_get(row, name));

    return text == NULL ? "-" : text;
}

static void
fill_cells(const json_t *row, struct words *words, const char *cell[COLUMNS])
{
    bool usable = json_is_true(json_object_get(row, "usable"));
    const char *crv = json_string_value(json_object_get(row, "crv"));

    (void)snprintf(words->kind, sizeof(words->kind), "%s%s%s", text_of(row, "kty"),
                   crv == NULL ? "" : "/", crv == NULL ? "" : crv);
    (void)snprintf(words->state, sizeof(words->state), "%s%s",
                   usable ? "" : "skipped: ", text_of(row, "state"));
    cell[ISSUER] = text_of(row, "issuer");
    cell[KID] = text_of(row, "kid");
    cell[ALG] = text_of(row, "alg");
    cell[KIND] = words->kind;
    cell[STATE] = words->state;
    cell[THUMBPRINT] = text_of(row, "thumbprint");
    cell[FILE_NAME] = text_of(row, "file");
}

static void
print_table(const json_t *rows)
{
    struct pjwt_table table = {.title = titles, .columns = COLUMNS};
    const char *cell[COLUMNS];
    struct words words;

    for (size_t i = 0; i < json_array_size(rows); i++) {
        fill_cells(json_array_get(rows, i), &words, cell);
        pjwt_output_measure(&table, cell);
    }
    for (size_t i = 0; i < json_array_size(rows); i++) {
        fill_cells(json_array_get(rows, i), &words, cell);
        pjwt_output_row(&table, cell);
    }
}

/* All issuers, or the one of --issuer; what cannot be read is said, and the rest still shown.
 */
static enum pjwt_exit
collect(const struct pjwt_cmd *cmd, const struct pjwt_config *config, json_t *rows)
{
    const char *only = pjwt_flags_value(&cmd->args, "issuer");
    enum pjwt_exit worst = PJWT_EXIT_OK;

    for (size_t i = 0; i < config->issuers; i++) {
        PJWT_KEY_SET_SCOPE struct pjwt_key_set set = {0};
        const struct pjwt_issuer *issuer = &config->issuer[i];
        enum pjwt_exit status = PJWT_EXIT_OK;

        if (only != NULL && strcmp(only, issuer->section) != 0) {
            continue;
        }
        status = pjwt_key_sets_load(cmd, config, issuer, false, &set);
        if (status != PJWT_EXIT_OK) {
            worst = status;
        } else {
            (void)pjwt_key_rows_add(rows, issuer, &set);
        }
        status = pjwt_decrypt_keys_rows(cmd, config, issuer, rows);
        if (status != PJWT_EXIT_OK) {
            worst = status;
        }
    }
    return worst;
}

enum pjwt_exit
pjwt_key_list_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(json) json_t *rows = json_array();
    const char *only = pjwt_flags_value(&cmd->args, "issuer");
    const struct pjwt_issuer *issuer = NULL;
    enum pjwt_exit status = PJWT_EXIT_OK;

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(only == NULL ? PJWT_EXIT_OK : pjwt_open_issuer(cmd, config, only, &issuer));
    status = collect(cmd, config, rows);
    if (pjwt_flags_on(&cmd->args, "json")) {
        pjwt_output_json(rows, true);
    } else {
        print_table(rows);
    }
    if (status == PJWT_EXIT_OK && json_array_size(rows) == 0) {
        pjwt_say_line("No keys yet: `pamjwt key add` or `pamjwt key new` installs one.");
    }
    return status;
}
