/* What does a reason mean, and what is to be done about it? */
#include "helper/cmd/advice.h"
#include "helper/cmd/explain.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "lib/policy/nearest.h"

#include <stdio.h>
#include <string.h>

static const enum pjwt_reason all[] = {
#define X(name, class, code, text) PJWT_##name,
    PJWT_REASONS(X)
#undef X
};

#define REASONS (sizeof(all) / sizeof(all[0]))

static json_t *
json_of(pjwt_verdict v)
{
    return json_pack("{s:s, s:s, s:s, s:s}", "code", pjwt_code(v), "text", pjwt_text(v),
                     "cause", pjwt_cause(v), "cure", pjwt_advice(v));
}

static void
list(bool json)
{
    PJWT_AUTO(json) json_t *rows = json_array();

    for (size_t i = 0; i < REASONS; i++) {
        pjwt_verdict v = {all[i]};

        if (json) {
            (void)json_array_append_new(rows, json_of(v));
        } else {
            (void)printf("%-20s %s\n", pjwt_code(v), pjwt_text(v));
        }
    }
    if (json) {
        pjwt_output_json(rows, true);
    }
}

static enum pjwt_exit
say_unknown(const struct pjwt_cmd *cmd, const char *code)
{
    struct pjwt_nearest nearest = {.word = code};
    char words[PJWT_NEAREST_WORDS];

    for (size_t i = 0; i < REASONS; i++) {
        pjwt_nearest_offer(&nearest, pjwt_code((pjwt_verdict){all[i]}));
    }
    return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, "`pamjwt explain --reason` lists them",
                          "there is no reason %s%s", code, pjwt_nearest_words(&nearest, words));
}

enum pjwt_exit
pjwt_explain_reason(const struct pjwt_cmd *cmd, const char *code)
{
    bool json = pjwt_flags_on(&cmd->args, "json");
    pjwt_verdict v = pjwt_verdict_from_code(code);

    if (code[0] == '\0') {
        list(json);
        return PJWT_EXIT_OK;
    }
    if (v.reason == PJWT_UNSET && strcmp(code, pjwt_code(v)) != 0) {
        return say_unknown(cmd, code);
    }
    if (json) {
        PJWT_AUTO(json) json_t *object = json_of(v);

        pjwt_output_json(object, true);
        return PJWT_EXIT_OK;
    }
    (void)printf("%s: %s\ncause: %s\ncure:  %s\n", pjwt_code(v), pjwt_text(v), pjwt_cause(v),
                 pjwt_advice(v));
    return PJWT_EXIT_OK;
}
