#include "helper/cmd/help.h"

#include <string.h>

#define SAYS_AT 19

static void
put_overview_line(FILE *out, const struct pjwt_command *c)
{
    int used = fprintf(out, "  %s%s%s", c->verb, c->sub == NULL ? "" : " ",
                       c->sub == NULL ? "" : c->sub);

    (void)fprintf(out, "%*s%s\n", used < SAYS_AT ? SAYS_AT - used : 1, "", c->says);
}

void
pjwt_help_overview(FILE *out, const char *verb)
{
    (void)fprintf(out, "usage: pamjwt [--config PATH] %s%s...\n\n",
                  verb == NULL ? "VERB" : verb, verb == NULL ? " " : " WORD ");
    for (const struct pjwt_command *c = pjwt_commands; c->verb != NULL; c++) {
        if (verb == NULL || strcmp(c->verb, verb) == 0) {
            put_overview_line(out, c);
        }
    }
    (void)fprintf(out,
                  "\n"
                  "`pamjwt VERB --help` shows one command with an example.\n"
                  "Exit status: 0 ok, 1 refused or not found, 2 usage, "
                  "3 unavailable or not all done.\n"
                  "Config file: %s\n",
                  PJWT_CONFIG);
}

static void
put_usage(FILE *out, const struct pjwt_command *c)
{
    (void)fprintf(out, "usage: pamjwt [--config PATH] %s%s%s%s%s", c->verb,
                  c->sub == NULL ? "" : " ", c->sub == NULL ? "" : c->sub,
                  c->operands.most > 0 ? " " : "", c->operands.names);
    for (const struct pjwt_flag *f = c->flags; f->name != NULL; f++) {
        (void)fprintf(out, " %s--%s%s%s%s%s", f->required ? "" : "[", f->name,
                      f->value == NULL ? "" : " ", f->value == NULL ? "" : f->value,
                      f->required ? "" : "]", f->many ? "..." : "");
    }
    (void)fprintf(out, "\n\n%s\n", c->says);
}

void
pjwt_help_command(FILE *out, const struct pjwt_command *command)
{
    put_usage(out, command);
    if (command->flags->name != NULL) {
        (void)fputc('\n', out);
    }
    for (const struct pjwt_flag *f = command->flags; f->name != NULL; f++) {
        int used = fprintf(out, "  --%s%s%s", f->name, f->value == NULL ? "" : " ",
                           f->value == NULL ? "" : f->value);

        (void)fprintf(out, "%*s%s\n", used < 22 ? 22 - used : 1, "", f->says);
    }
    (void)fprintf(out, "\nexample:\n  %s\n", command->example);
}
