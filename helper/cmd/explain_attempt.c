/* Why was the login refused whose number the person was told? */
#include "helper/cmd/explain.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/refusals.h"
#include "helper/cmd/say.h"

#include <stdio.h>
#include <string.h>

#define DIGITS 12 /* hex digits of an attempt's number */

/* Where the judge kept it: with a config that cannot be read it took the built-in place. */
static const char *
run_of(const struct pjwt_cmd *cmd, const struct pjwt_config *config)
{
    if (config != NULL) {
        return config->run;
    }
    return strcmp(cmd->config, PJWT_CONFIG) == 0 ? PJWT_RUN : NULL;
}

static enum pjwt_exit
say_unread(const struct pjwt_cmd *cmd, const char *run, enum pjwt_file outcome,
           const struct pjwt_why *why)
{
    return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE,
                          outcome == PJWT_FILE_UNSAFE
                              ? "make it root's with mode 0600, or remove it"
                              : "run this as root",
                          "the refusals that were kept cannot be read: %s",
                          why->text[0] == '\0' ? run : why->text);
}

static void
print_member(const json_t *row, const char *name, const char *label)
{
    const char *value = json_string_value(json_object_get(row, name));

    if (value != NULL) {
        (void)printf("%-8s %s\n", label, value);
    }
}

static void
print(const json_t *row)
{
    static const char *const names[] = {"at",     "phase", "user", "service", "rhost",
                                        "issuer", "kid",   "id",   "why"};
    const json_t *authentic = json_object_get(row, "authentic");

    (void)printf("refused: %s: %s\n", json_string_value(json_object_get(row, "code")),
                 json_string_value(json_object_get(row, "text")));
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        print_member(row, names[i], names[i]);
    }
    (void)printf("%-8s %s\n", "proved",
                 json_is_true(authentic) ? "yes: the credential was authentic"
                                         : "no: issuer, kid and id are claims only");
    print_member(row, "cause", "cause:");
    print_member(row, "cure", "cure:");
}

enum pjwt_exit
pjwt_explain_attempt(const struct pjwt_cmd *cmd, const char *attempt)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(json) json_t *rows = json_array();
    struct pjwt_refusals_wanted wanted = {"", "", attempt, 1};
    struct pjwt_why why = {""};
    pjwt_verdict loaded = pjwt_config_load(cmd->config, &config, &why);
    const char *run = run_of(cmd, config);
    enum pjwt_file outcome = PJWT_FILE_MISSING;
    char todo[128];

    if (strlen(attempt) != DIGITS || strspn(attempt, "0123456789abcdef") != DIGITS) {
        return pjwt_say_usage(cmd, "--attempt: %s is no number of an attempt: 12 hex digits",
                              attempt);
    }
    if (run == NULL) {
        return pjwt_say_verdict(cmd, loaded, &why);
    }
    outcome = pjwt_refusals_rows(run, &wanted, rows, &why);
    if (outcome != PJWT_FILE_OK && outcome != PJWT_FILE_MISSING) {
        return say_unread(cmd, run, outcome, &why);
    }
    if (json_array_size(rows) == 0) {
        (void)snprintf(todo, sizeof(todo),
                       "only the last ones since the boot are kept here; the log may have it: "
                       "`journalctl -g %s`",
                       attempt);
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, todo, "no refusal has the number %s",
                              attempt);
    }
    if (pjwt_flags_on(&cmd->args, "json")) {
        pjwt_output_json(json_array_get(rows, 0), true);
    } else {
        print(json_array_get(rows, 0));
    }
    return PJWT_EXIT_OK;
}
