/* Does the reader of the config file hand on what stands there, and refuse the rest? */
#include "lib/policy/ini.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What `record` heard: "1[issuer corp] 2 iss=x 3+4 audience=|a|b" */
struct heard {
    char text[1024];
};

__attribute__((format(printf, 2, 3))) static void
append(struct heard *heard, const char *format, ...)
{
    size_t len = strlen(heard->text);
    va_list args;

    va_start(args, format);
    (void)vsnprintf(heard->text + len, sizeof(heard->text) - len, format, args);
    va_end(args);
}

static pjwt_verdict
record(void *context, const struct pjwt_ini *entry)
{
    struct heard *heard = context;

    append(heard, "%s%ld", heard->text[0] == '\0' ? "" : " ", entry->line);
    if (entry->option == NULL) {
        append(heard, "[%s", entry->kind);
        for (size_t i = 0; i < entry->names; i++) {
            append(heard, " %s", entry->name[i]);
        }
        append(heard, "]");
        return PJWT_SAY(OK);
    }
    if (entry->indented != 0) {
        append(heard, "+%ld", entry->indented);
    }
    append(heard, " %s=", entry->option);
    for (const char *c = entry->value; *c != '\0'; c++) {
        append(heard, "%c", *c == '\n' ? '|' : *c);
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
read_text(const char *text, size_t len, struct heard *heard, struct pjwt_why *why)
{
    char *copy = malloc(len + 1); /* of exactly this size, for the sanitizer */
    pjwt_verdict v = PJWT_SAY(UNSET);

    assert_non_null(copy);
    if (len > 0) {
        memcpy(copy, text, len);
    }
    copy[len] = '\0';
    v = pjwt_ini_read("f", copy, len, record, heard, why);
    free(copy);
    return v;
}

struct row {
    const char *name;
    const char *text;
    const char *heard; /* NULL: refused, */
    const char *why;   /* with these words */
};

static const struct row rows[] = {
    {"an empty text", "", "", ""},
    {"comments and blank lines", "# a\n; b\n\n \t\n#[x]\n#y = z\n", "", ""},
    {"a section", "[paths]\n", "1[paths]", ""},
    {"a section with names", "\n[service sudo\tsudo-i ] \t\n", "2[service sudo sudo-i]", ""},
    {"an option", "[a b]\nc = d\n", "1[a b] 2 c=d", ""},
    {"no newline at the end", "[a]\nc = d", "1[a] 2 c=d", ""},
    {"blanks around an option", "[a]\nc\t =\t d  e \n", "1[a] 2 c=d  e", ""},
    {"an empty value", "[a]\nc =\n", "1[a] 2 c=", ""},
    {"an inline # belongs to the value", "[a]\nc = d # e ; f\n", "1[a] 2 c=d # e ; f", ""},
    {"an = belongs to the value", "[a]\nc = d=e\n", "1[a] 2 c=d=e", ""},
    {"a ] belongs to the value", "[a]\nc = ]\n", "1[a] 2 c=]", ""},
    {"bytes above 127", "[a]\nc = \xc3\xa9\xff\n", "1[a] 2 c=\xc3\xa9\xff", ""},
    {"indented lines", "[a]\nc =\n  d\n\te\nf = g\n", "1[a] 2+3 c=|d|e 5 f=g", ""},
    {"indented lines after a value", "[a]\nc = d,e\n f", "1[a] 2+3 c=d,e|f", ""},
    {"comments between indented lines", "[a]\nc =\n d\n# x\n\n e\n", "1[a] 2+3 c=|d|e", ""},
    {"two sections", "[a]\nb = c\n[d e]\nf = g\n", "1[a] 2 b=c 3[d e] 4 f=g", ""},
    {"32 names", "[a 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2]\n",
     "1[a 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2]", ""},
    {"33 names", "[a 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3]\n",
     NULL, "f:1: more than 32 names in one section"},
    {"no ]", "[a]\n[b\nc = d\n", NULL, "f:2: [ without ]"},
    {"text after ]", "[a] b\n", NULL, "f:1: text after ]"},
    {"a comment after ]", "[a] # b\n", NULL, "f:1: text after ]"},
    {"two ]", "[a]]\n", NULL, "f:1: text after ]"},
    {"a section without a word", "[a]\n\n[ ]\n", NULL, "f:3: [] names no section"},
    {"no =", "[a]\nb\n", NULL, "f:2: neither [section] nor option = value"},
    {"an option before any section", "# a\nb = c\n[a]\n", NULL,
     "f:2: an option before the first [section]"},
    {"an indented line first", " b = c\n", NULL,
     "f:1: an indented line with no option above it"},
    {"an indented line under a section", "[a]\n b = c\n", NULL,
     "f:2: an indented line with no option above it"},
    {"an indented comment", "[a]\nb = c\n # d\n", NULL,
     "f:3: a comment or section must start in the first column"},
    {"an indented section", "[a]\nb = c\n [d]\n", NULL,
     "f:3: a comment or section must start in the first column"},
    {"a carriage return", "[a]\r\n", NULL,
     "f:1: a carriage return: save the file with Unix line ends"},
    {"a control character", "[a]\nb = \x1b[1m\n", NULL, "f:2: a control character"},
    {"a control character in a comment", "# \x0c\n", NULL, "f:1: a control character"},
    {"DEL", "[a]\nb = \x7f\n", NULL, "f:2: a control character"},
};

static void
check_row(void **state)
{
    const struct row *row = *state;
    struct heard heard = {""};
    struct pjwt_why why = {""};
    pjwt_verdict v = read_text(row->text, strlen(row->text), &heard, &why);

    assert_string_equal(why.text, row->why == NULL ? "" : row->why);
    if (row->heard == NULL) {
        assert_string_equal(pjwt_code(v), pjwt_code(PJWT_SAY(CONFIG_BAD)));
        return;
    }
    assert_true(pjwt_ok(v));
    assert_string_equal(heard.text, row->heard);
}

static void
a_nul_is_refused(void **state)
{
    static const char text[] = "[a]\nb = c\0d\n";
    struct heard heard = {""};
    struct pjwt_why why = {""};

    (void)state;
    assert_false(pjwt_ok(read_text(text, sizeof(text) - 1, &heard, &why)));
    assert_string_equal(why.text, "f:2: a NUL byte");
}

/* "[a]\n", then `len` bytes of an option in one line. */
static pjwt_verdict
read_long_line(size_t len, struct pjwt_why *why)
{
    char text[PJWT_INI_LINE + 64] = "[a]\nb = ";
    struct heard heard = {""};
    size_t start = strlen("[a]\n");

    memset(text + strlen(text), 'x', len - strlen("b = "));
    memcpy(text + start + len, "\n", 2);
    return read_text(text, start + len + 1, &heard, why);
}

static void
a_line_of_4096_bytes_is_the_longest(void **state)
{
    struct pjwt_why why = {""};

    (void)state;
    assert_true(pjwt_ok(read_long_line(PJWT_INI_LINE, &why)));
    assert_false(pjwt_ok(read_long_line(PJWT_INI_LINE + 1, &why)));
    assert_string_equal(why.text, "f:2: a line of more than 4096 bytes");
}

static pjwt_verdict
refuse_all(void *context, const struct pjwt_ini *entry)
{
    int *calls = context;

    (void)entry;
    (*calls)++;
    return PJWT_SAY(NO_MEMORY);
}

static void
the_first_refusal_ends_it(void **state)
{
    char text[] = "[a]\nb = c\n[d]\n";
    struct pjwt_why why = {""};
    int calls = 0;
    pjwt_verdict v = pjwt_ini_read("f", text, strlen(text), refuse_all, &calls, &why);

    (void)state;
    assert_string_equal(pjwt_code(v), pjwt_code(PJWT_SAY(NO_MEMORY)));
    assert_int_equal(calls, 1);
}

#define ROWS (sizeof(rows) / sizeof(rows[0]))

int
main(void)
{
    struct CMUnitTest tests[ROWS + 3] = {
        cmocka_unit_test(a_nul_is_refused),
        cmocka_unit_test(a_line_of_4096_bytes_is_the_longest),
        cmocka_unit_test(the_first_refusal_ends_it),
    };

    for (size_t i = 0; i < ROWS; i++) {
        tests[3 + i] = (struct CMUnitTest){rows[i].name, check_row, NULL, NULL,
                                           (void *)(uintptr_t)&rows[i]};
    }
    return cmocka_run_group_tests_name("ini", tests, NULL, NULL);
}
