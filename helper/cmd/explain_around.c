/* What applies to a login of that user to that service, whatever the credential? */
#include "helper/cmd/explain_around.h"

#include "helper/cmd/explain.h"
#include "helper/cmd/output.h"
#include "helper/cmd/refusals.h"
#include "lib/policy/user.h"
#include "lib/store/revocations.h"
#include "lib/store/tickets.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define REFUSALS_SHOWN 5
#define LINE_BYTES     2048

static bool
accepted(const struct pjwt_service *service, const struct pjwt_issuer *issuer)
{
    return service != NULL && service->jwt &&
           (service->issuers.count == 0 || pjwt_list_has(&service->issuers, issuer->section));
}

static json_t *
part(const struct pjwt_explain *e, const char *name)
{
    return json_object_get(e->around, name);
}

/* How old a key set is, is when its file was last changed: a JWK has no date. */
static void
add_keys(const struct pjwt_explain *e, const struct pjwt_issuer *issuer)
{
    PJWT_AUTO(text) char *path = pjwt_config_path(e->config->keys_dir, issuer->keys);
    json_t *row = json_object();
    struct stat st = {0};
    bool there = path != NULL && stat(path, &st) == 0;

    pjwt_output_set(row, "issuer", issuer->section);
    pjwt_output_set(row, "file", path);
    pjwt_output_set_time(row, "changed", there ? (int64_t)st.st_mtim.tv_sec : 0);
    (void)json_object_set_new(
        row, "age", there ? json_integer(e->cmd->now - st.st_mtim.tv_sec) : json_null());
    (void)json_array_append_new(part(e, "keys"), row);
}

static void
add_issuers(const struct pjwt_explain *e, const struct pjwt_service *service)
{
    for (size_t i = 0; i < e->config->issuers; i++) {
        const struct pjwt_issuer *issuer = &e->config->issuer[i];

        if (accepted(service, issuer)) {
            pjwt_explain_issuer_section(e->config, issuer, part(e, "sections"));
            add_keys(e, issuer);
            pjwt_explain_maps(e, issuer, part(e, "maps"));
        }
    }
}

static const char *
kind_of(enum pjwt_revoke kind)
{
    return kind == PJWT_REVOKE_USER ? "user" : kind == PJWT_REVOKE_ISSUER ? "issuer" : "key";
}

static bool
add_revocation(void *context, const struct pjwt_revocation *r)
{
    const struct pjwt_explain *e = context;
    const struct pjwt_issuer *issuer = pjwt_config_issuer_by_iss(e->config, r->iss);
    const struct pjwt_service *service = pjwt_config_service(e->config, e->scene.service);
    json_t *row = NULL;

    if (r->kind != PJWT_REVOKE_USER && (issuer == NULL || !accepted(service, issuer))) {
        return true;
    }
    row = json_object();
    pjwt_output_set(row, "kind", kind_of(r->kind));
    pjwt_output_set(row, "issuer", issuer == NULL ? NULL : issuer->section);
    pjwt_output_set(row, "value", r->value);
    pjwt_output_set_time(row, "before", r->before);
    pjwt_output_set_time(row, "expires", r->expires);
    pjwt_output_set(row, "by", r->by);
    pjwt_output_set(row, "why", r->why);
    (void)json_array_append_new(part(e, "revocations"), row);
    return true;
}

static void
add_refusals(const struct pjwt_explain *e)
{
    struct pjwt_refusals_wanted wanted = {e->scene.user, e->scene.service, "", REFUSALS_SHOWN};
    struct pjwt_why why = {""};

    (void)pjwt_refusals_rows(e->config->run, &wanted, part(e, "refusals"), &why);
}

static void
look_at_user(struct pjwt_explain *e)
{
    const struct pjwt_scene *scene = &e->scene;
    pjwt_verdict v =
        pjwt_user_check(e->config, scene->users, scene->user, scene->user, &e->report);

    if (pjwt_ok(v) && e->store != NULL) {
        v = pjwt_revocation_check_user(e->store, scene->user, scene->now, &e->report);
    }
    (void)v; /* it stands among the checks */
}

pjwt_verdict
pjwt_explain_around(struct pjwt_explain *e)
{
    const struct pjwt_service *service = pjwt_config_service(e->config, e->scene.service);
    pjwt_verdict v = PJWT_SAY(OK);

    e->around = json_pack("{s:[], s:[], s:[], s:[], s:[]}", "sections", "keys", "maps",
                          "revocations", "refusals");
    if (service != NULL) {
        pjwt_explain_service_section(e->config, service, e->scene.service, part(e, "sections"));
        add_issuers(e, service);
    }
    if (service != NULL && service->jwt) {
        pjwt_checks_issuers(&e->checks, e->config, service);
    }
    if (e->scene.user[0] != '\0') {
        look_at_user(e);
    }
    if (e->store != NULL) {
        v = pjwt_revocation_standing(e->store, e->scene.user, e->scene.now, add_revocation, e);
    }
    add_refusals(e);
    return pjwt_ok(e->checks.first) ? v : e->checks.first;
}

static const char *
text_of(const json_t *row, const char *name)
{
    const char *value = json_string_value(json_object_get(row, name));

    return value == NULL ? "" : value;
}

/* What others wrote must not move the cursor. */
static void __attribute__((format(printf, 1, 2))) put_line(const char *format, ...)
{
    char line[LINE_BYTES];
    va_list args;

    va_start(args, format);
    if (vsnprintf(line, sizeof(line), format, args) > 0) {
        pjwt_output_clean(line, "");
        (void)puts(line);
    }
    va_end(args);
}

static void
print_keys(const json_t *row)
{
    const json_t *age = json_object_get(row, "age");

    if (json_is_integer(age)) {
        put_line("keys of %s: changed %s, %lld days ago: %s", text_of(row, "issuer"),
                 text_of(row, "changed"), (long long)json_integer_value(age) / 86400,
                 text_of(row, "file"));
    } else {
        put_line("keys of %s: not there: %s", text_of(row, "issuer"), text_of(row, "file"));
    }
}

static void
print_revocation(const json_t *row)
{
    const char *before = text_of(row, "before");
    const char *issuer = text_of(row, "issuer");
    const char *value = text_of(row, "value");
    const char *why = text_of(row, "why");

    put_line("revoked: %s %s%s%s%s%s, by %s%s%s", text_of(row, "kind"), issuer,
             *issuer == '\0' || *value == '\0' ? "" : " ", value,
             *before == '\0' ? "" : ", what was issued until ", before, text_of(row, "by"),
             *why == '\0' ? "" : ": ", why);
}

static void
print_map(const json_t *row)
{
    put_line("map: %s:%lld: %s", text_of(row, "file"),
             (long long)json_integer_value(json_object_get(row, "line")), text_of(row, "text"));
}

static void
print_refusal(const json_t *row)
{
    (void)printf("recent: ");
    pjwt_refusals_print(row);
}

void
pjwt_explain_print_around(const struct pjwt_explain *e)
{
    static const struct {
        const char *part;
        void (*print)(const json_t *row);
    } parts[] = {{"sections", pjwt_explain_print_section},
                 {"keys", print_keys},
                 {"maps", print_map},
                 {"revocations", print_revocation},
                 {"refusals", print_refusal}};
    json_t *row = NULL;
    size_t j = 0;

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        json_array_foreach(part(e, parts[i].part), j, row) { parts[i].print(row); }
    }
}
