/* Do the option table, the sample file and the man page say the same? */
#include "lib/policy/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SAMPLE "conf/pam_jwt.conf"
#define MANUAL "man/pam_jwt.conf.5"

static char *
read_whole(const char *path)
{
    FILE *file = fopen(path, "re");
    char *text = calloc(1, 65536);

    assert_non_null(text);
    if (file == NULL) {
        fail_msg("%s cannot be read: run from the top directory", path);
        return text;
    }
    assert_true(fread(text, 1, 65535, file) > 100);
    assert_int_equal(fclose(file), 0);
    return text;
}

/* The default as the documents give it; NULL: there is none. [paths] follows the build. */
static const char *
documented_preset(const struct pjwt_option *o)
{
    if (strcmp(o->section, "paths") == 0) {
        return strcmp(o->name, "state") == 0 ? "/var/lib/pam_jwt" : "/run/pam_jwt";
    }
    return o->preset;
}

/* Points behind the first line of the section, in the text of a document. */
static const char *
find_section(const char *text, const char *before, const char *section)
{
    char start[64];
    const char *at = NULL;

    (void)snprintf(start, sizeof(start), "%s%s", before, section);
    at = strstr(text, start);
    if (at == NULL) {
        fail_msg("no %s", start);
    }
    return at;
}

static void
the_sample_has_every_option(void **state)
{
    char *sample = read_whole(SAMPLE);

    (void)state;
    for (size_t i = 0; i < pjwt_option_count; i++) {
        const struct pjwt_option *o = &pjwt_options[i];
        const char *at = find_section(sample, "\n#[", o->section);
        const char *preset = documented_preset(o);
        char line[128];

        (void)snprintf(line, sizeof(line), "\n#%s =%s%s%s", o->name,
                       preset == NULL || *preset == '\0' ? "" : " ",
                       preset == NULL ? "" : preset, preset == NULL ? " " : "\n");
        at = strstr(at, line);
        if (at == NULL) {
            fail_msg("%s lacks in [%s]: %s", SAMPLE, o->section, line + 1);
        }
    }
    free(sample);
}

/* From the item of the option on, up to the next item. */
static void
find_in_manual(const char *section, const struct pjwt_option *o, char *item, size_t size)
{
    char start[64];
    const char *at = NULL;
    const char *end = NULL;

    (void)snprintf(start, sizeof(start), "\n.It Cm %s\n", o->name);
    at = strstr(section, start);
    if (at == NULL) {
        fail_msg("%s lacks %s in [%s]", MANUAL, o->name, o->section);
        return;
    }
    at += strlen(start);
    end = strstr(at, "\n.It ");
    if (end == NULL || strstr(at, "\n.El") < end) {
        end = strstr(at, "\n.El");
    }
    assert_non_null(end);
    (void)snprintf(item, size, "%.*s\n", (int)(end - at), at);
}

static void
the_manual_has_every_option(void **state)
{
    char *manual = read_whole(MANUAL);

    (void)state;
    for (size_t i = 0; i < pjwt_option_count; i++) {
        const struct pjwt_option *o = &pjwt_options[i];
        const char *at = find_section(strstr(manual, "\n.Sh SECTIONS"), ".Li \\&[", o->section);
        const char *preset = documented_preset(o);
        char item[2048] = "";
        char line[128];

        find_in_manual(at, o, item, sizeof(item));
        (void)snprintf(line, sizeof(line), "\nDefault:\n.Li %s\n",
                       preset == NULL ? "" : preset);
        if (o->required) {
            (void)snprintf(line, sizeof(line), "\nRequired.\n");
        } else if (preset == NULL) {
            (void)snprintf(line, sizeof(line), "\nDefault: %s",
                           strcmp(o->name, "issuers") == 0 ? "every issuer" : "none\n");
        } else if (*preset == '\0') {
            (void)snprintf(line, sizeof(line), "\nDefault: none\n");
        }
        if (strstr(item, line) == NULL) {
            fail_msg("%s: %s in [%s] lacks: %s", MANUAL, o->name, o->section, line + 1);
        }
    }
    free(manual);
}

/* The other way round: what the sample sets exists. */
static void
the_sample_has_no_other_option(void **state)
{
    char *sample = read_whole(SAMPLE);
    char section[64] = "";
    size_t options = 0;

    (void)state;
    for (char *line = NULL, *rest = sample; (line = strsep(&rest, "\n")) != NULL;) {
        char name[64] = "";

        if (sscanf(line, "#[%63[a-z]", section) == 1) {
            continue;
        }
        if (sscanf(line, "#%63[a-z_] =", name) == 1 && strchr(line, '=') != NULL) {
            assert_non_null(pjwt_option_find(section, name));
            options++;
        }
    }
    assert_int_equal(options, pjwt_option_count + 1); /* accept stands twice */
    free(sample);
}

/* What each subsection of the page describes exists, and in the section that it names. */
static void
the_manual_has_no_other_option(void **state)
{
    char *manual = read_whole(MANUAL);
    char *start = strstr(manual, "\n.Sh SECTIONS");
    char section[64] = "";
    size_t options = 0;

    (void)state;
    assert_non_null(start);
    for (char *line = NULL, *rest = start + 1; (line = strsep(&rest, "\n")) != NULL;) {
        char name[64] = "";

        (void)sscanf(line, ".Li \\&[%63[a-z]", section);
        if (strcmp(line, ".Sh FILES") == 0) {
            break;
        }
        if (sscanf(line, ".It Cm %63[a-z_]", name) == 1) {
            if (pjwt_option_find(section, name) == NULL) {
                fail_msg("%s tells of %s in [%s]", MANUAL, name, section);
            }
            options++;
        }
    }
    assert_int_equal(options, pjwt_option_count);
    free(manual);
}

static void
an_option_belongs_to_its_section(void **state)
{
    (void)state;
    assert_string_equal(pjwt_option_find("issuer", "leeway")->name, "leeway");
    assert_null(pjwt_option_find("service", "leeway"));
    assert_null(pjwt_option_find("issuer", "Leeway"));
    assert_null(pjwt_option_find("issuer", "leewa"));
    assert_null(pjwt_option_find("issuer", ""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_has_every_option),
        cmocka_unit_test(the_sample_has_no_other_option),
        cmocka_unit_test(the_manual_has_every_option),
        cmocka_unit_test(the_manual_has_no_other_option),
        cmocka_unit_test(an_option_belongs_to_its_section),
    };

    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
