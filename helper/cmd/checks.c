#include "helper/cmd/checks.h"

#include "helper/cmd/advice.h"
#include "helper/cmd/decrypt_keys.h"
#include "helper/cmd/key_rows.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "lib/jose/keyset.h"
#include "lib/policy/config.h"

#include <stdio.h>
#include <string.h>

#define NAME_BYTES 96 /* of "issuer NAME" */
#define NAME_WIDTH 18 /* of the column; a longer name moves its line only */

void
pjwt_checks_start(const struct pjwt_cmd *cmd, struct pjwt_checks *checks)
{
    *checks = (struct pjwt_checks){.json = pjwt_flags_on(&cmd->args, "json"),
                                   .utf8 = pjwt_say_utf8(),
                                   .colour = pjwt_say_colour(),
                                   .rows = json_array(),
                                   .first = PJWT_SAY(OK)};
}

void
pjwt_checks_clear(struct pjwt_checks *checks)
{
    pjwt_drop_json(&checks->rows);
}

/* "  [leeway: FILE:LINE]", "  [leeway: default]", or nothing. */
static void
print_decided(const struct pjwt_decided *decided)
{
    if (decided->option != NULL && decided->file != NULL) {
        (void)printf("  [%s: %s:%ld]", decided->option, decided->file, decided->line);
    } else if (decided->option != NULL) {
        (void)printf("  [%s: default]", decided->option);
    }
    (void)fputc('\n', stdout);
}

static void
print_line(const struct pjwt_checks *checks, const char *check, bool ok, const char *seen)
{
    const char *mark = checks->utf8 ? (ok ? "\u2713" : "\u2717") : (ok ? "ok" : "NO");
    bool alone = *seen == '\0' && checks->decided.option == NULL;

    (void)printf("%s%s%s %-*s%s%s",
                 !checks->colour ? ""
                 : ok            ? "\033[32m"
                                 : "\033[31m",
                 mark, checks->colour ? "\033[0m" : "", alone ? 0 : NAME_WIDTH, check,
                 alone ? "" : " ", seen);
    print_decided(&checks->decided);
}

static void
set_decided(json_t *row, const struct pjwt_decided *decided)
{
    bool set = decided->option != NULL && decided->file != NULL;

    pjwt_output_set(row, "option", decided->option);
    pjwt_output_set(row, "value", decided->option == NULL ? NULL : decided->value);
    pjwt_output_set(row, "file", set ? decided->file : NULL);
    (void)json_object_set_new(row, "line", set ? json_integer(decided->line) : json_null());
}

void
pjwt_checks_cure(const struct pjwt_checks *checks, pjwt_verdict v)
{
    if (!checks->json && checks->cures) {
        (void)printf("    cause: %s\n    cure:  %s\n", pjwt_cause(v), pjwt_advice(v));
    }
}

void
pjwt_checks_add(void *context, const char *check, pjwt_verdict v, const char *seen)
{
    struct pjwt_checks *checks = context;
    bool ok = pjwt_ok(v);
    json_t *row = json_pack("{s:s, s:b, s:s}", "check", check, "ok", ok, "code", pjwt_code(v));

    pjwt_output_set(row, "seen", seen);
    set_decided(row, &checks->decided);
    pjwt_output_set(row, "cause", ok ? NULL : pjwt_cause(v));
    pjwt_output_set(row, "cure", ok ? NULL : pjwt_advice(v));
    (void)json_array_append_new(checks->rows, row);
    if (!ok && pjwt_ok(checks->first)) {
        checks->first = v;
        pjwt_why_set(&checks->why, "%s", seen);
    }
    if (!checks->json) {
        print_line(checks, check, ok, *seen == '\0' && !ok ? pjwt_text(v) : seen);
    }
    if (!ok) {
        pjwt_checks_cure(checks, v);
    }
    checks->decided = (struct pjwt_decided){0};
}

bool
pjwt_checks_name(struct pjwt_checks *checks, const char *kind, const char *name, pjwt_verdict v,
                 const char *seen)
{
    char both[NAME_BYTES];

    (void)snprintf(both, sizeof(both), "%s %s", kind, name);
    pjwt_checks_add(checks, both, v, seen);
    return pjwt_ok(v);
}

static pjwt_verdict
count_keys(const struct pjwt_config *config, const struct pjwt_issuer *issuer,
           struct pjwt_why *why)
{
    PJWT_KEY_SET_SCOPE struct pjwt_key_set set = {0};
    PJWT_AUTO(json) json_t *rows = json_array();
    size_t usable = 0;

    set.path = pjwt_config_path(config->keys_dir, issuer->keys);
    if (set.path == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    PJWT_TRY(pjwt_keyset_load(set.path, false, &set.set, why));
    usable = pjwt_key_rows_add(rows, issuer, &set);
    pjwt_why_set(
        why, "%zu usable of %zu keys: %s%s", usable, json_array_size(rows), set.path,
        json_array_size(rows) > 0 ? "" : ": `pamjwt key add` or `pamjwt key new` installs one");
    return usable > 0                  ? PJWT_SAY(OK)
           : json_array_size(rows) > 0 ? PJWT_SAY(KEY_UNUSABLE)
                                       : PJWT_SAY(KEYS_UNREAD);
}

/* A set that a login would refuse, or that opens nothing, is worth a line. */
static void
check_decrypt(struct pjwt_checks *checks, const struct pjwt_config *config,
              const struct pjwt_issuer *issuer)
{
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(OK);

    if (issuer->decrypt != NULL) {
        v = pjwt_decrypt_keys_count(config, issuer, &why);
        (void)pjwt_checks_name(checks, "decryption", issuer->section, v, why.text);
    }
}

void
pjwt_checks_issuers(struct pjwt_checks *checks, const struct pjwt_config *config,
                    const struct pjwt_service *service)
{
    bool all = service == NULL || service->issuers.count == 0;

    for (size_t i = 0; i < config->issuers; i++) {
        const struct pjwt_issuer *issuer = &config->issuer[i];
        struct pjwt_why why = {""};
        pjwt_verdict v = PJWT_SAY(UNSET);

        if (all || pjwt_list_has(&service->issuers, issuer->section)) {
            v = count_keys(config, issuer, &why);
            (void)pjwt_checks_name(checks, "issuer", issuer->section, v, why.text);
            check_decrypt(checks, config, issuer);
        }
    }
}

void
pjwt_checks_service(struct pjwt_checks *checks, const struct pjwt_service *service,
                    const char *name)
{
    struct pjwt_why why;

    pjwt_why_set(&why, "accepts %s%s%s: %s:%ld", service->jwt ? "jwt" : "",
                 service->jwt && service->ticket ? ", " : "", service->ticket ? "ticket" : "",
                 service->file, service->line);
    (void)pjwt_checks_name(checks, "service", name, PJWT_SAY(OK), why.text);
}
