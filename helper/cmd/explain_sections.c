/* Which sections and options apply to a login, and where do they stand? */
#include "helper/cmd/explain_around.h"
#include "helper/cmd/output.h"
#include "lib/policy/given.h"
#include "lib/policy/options.h"

#include <stdio.h>
#include <string.h>

#define VALUE_BYTES 512 /* of a value as it is shown */

/* A list's lines on one line: "a, b" for "a\nb". */
static void
one_line(const char *value, char out[VALUE_BYTES])
{
    size_t n = 0;

    for (; *value != '\0' && n + 3 < VALUE_BYTES; value++) {
        if (*value == '\n') {
            out[n++] = ',';
            out[n++] = ' ';
        } else {
            out[n++] = *value;
        }
    }
    out[n] = '\0';
}

static json_t *
option_row(const struct pjwt_option *option, const struct pjwt_given *given)
{
    json_t *row = json_object();
    char value[VALUE_BYTES] = "";

    if (given != NULL || option->preset != NULL) {
        one_line(given != NULL ? given->value : option->preset, value);
    }
    pjwt_output_set(row, "option", option->name);
    pjwt_output_set(row, "value", value);
    pjwt_output_set(row, "file", given == NULL ? NULL : given->file);
    (void)json_object_set_new(row, "line",
                              given == NULL ? json_null() : json_integer(given->line));
    return row;
}

static json_t *
section_row(const char *kind, const char *name, const char *file, long line, json_t *options)
{
    char title[128];

    (void)snprintf(title, sizeof(title), "%s%s%s", kind, *name == '\0' ? "" : " ", name);
    return json_pack("{s:s, s:s, s:I, s:o}", "section", title, "file", file, "line",
                     (json_int_t)line, "options", options);
}

void
pjwt_explain_service_section(const struct pjwt_config *config,
                             const struct pjwt_service *service, const char *name, json_t *rows)
{
    json_t *options = json_array();

    for (size_t i = 0; i < pjwt_option_count; i++) {
        const struct pjwt_option *option = &pjwt_options[i];

        if (strcmp(option->section, "service") == 0) {
            (void)json_array_append_new(
                options,
                option_row(option, pjwt_given_by_service(config, service, option->name)));
        }
    }
    (void)json_array_append_new(
        rows, section_row("service", name, service->file, service->line, options));
}

void
pjwt_explain_issuer_section(const struct pjwt_config *config, const struct pjwt_issuer *issuer,
                            json_t *rows)
{
    json_t *options = json_array();

    for (size_t i = 0; i < pjwt_option_count; i++) {
        const struct pjwt_option *option = &pjwt_options[i];

        if (strcmp(option->section, "issuer") == 0) {
            (void)json_array_append_new(
                options,
                option_row(option, pjwt_given_by_issuer(config, issuer, option->name)));
        }
    }
    (void)json_array_append_new(
        rows, section_row("issuer", issuer->section, issuer->file, issuer->line, options));
}

static void
print_option(const json_t *option)
{
    const json_t *line = json_object_get(option, "line");
    const char *value = json_string_value(json_object_get(option, "value"));

    (void)printf("  %-16s ", json_string_value(json_object_get(option, "option")));
    if (json_is_integer(line)) {
        (void)printf("= %s  [line %lld]\n", value == NULL ? "" : value,
                     (long long)json_integer_value(line));
    } else {
        (void)printf("%s%s  [default]\n", value == NULL ? "not set" : "= ",
                     value == NULL ? "" : value);
    }
}

void
pjwt_explain_print_section(const json_t *row)
{
    json_t *option = NULL;
    size_t i = 0;

    (void)printf("[%s]  %s:%lld\n", json_string_value(json_object_get(row, "section")),
                 json_string_value(json_object_get(row, "file")),
                 (long long)json_integer_value(json_object_get(row, "line")));
    json_array_foreach(json_object_get(row, "options"), i, option) { print_option(option); }
}
