#include "helper/cmd/flags.h"

#include "lib/policy/nearest.h"

#include <stdio.h>
#include <string.h>

static const struct pjwt_flag *
find_flag(const struct pjwt_flag *flags, const char *name, size_t len)
{
    for (const struct pjwt_flag *f = flags; f->name != NULL; f++) {
        if (strlen(f->name) == len && memcmp(f->name, name, len) == 0) {
            return f;
        }
    }
    return NULL;
}

static void
say_unknown(const struct pjwt_flag *flags, const char *word, struct pjwt_why *why)
{
    char name[64];
    struct pjwt_nearest nearest = {.word = name};

    (void)snprintf(name, sizeof(name), "%s", word); /* more is no typing error */
    name[strcspn(name, "=")] = '\0';
    if (strcmp(name, "--config") == 0) {
        pjwt_why_set(why, "--config stands before the verb");
        return;
    }
    memmove(name, name + strspn(name, "-"), strlen(name + strspn(name, "-")) + 1);
    for (const struct pjwt_flag *f = flags; f->name != NULL; f++) {
        pjwt_nearest_offer(&nearest, f->name);
    }
    if (nearest.best == NULL) {
        pjwt_why_set(why, "unknown option %s", word);
        return;
    }
    pjwt_why_set(why, "unknown option %s; did you mean --%s?", word, nearest.best);
}

static bool
keep(struct pjwt_args *args, const struct pjwt_flag *flag, const char *value,
     struct pjwt_why *why)
{
    if (!flag->many && pjwt_flags_on(args, flag->name)) {
        pjwt_why_set(why, "--%s is given twice", flag->name);
        return false;
    }
    if (args->givens == PJWT_GIVEN_MAX) {
        pjwt_why_set(why, "more than %d options", PJWT_GIVEN_MAX);
        return false;
    }
    args->given[args->givens].flag = flag;
    args->given[args->givens].value = value;
    args->givens++;
    return true;
}

/* One word that starts with a dash, and the next one when it is its value. */
static bool
read_flag(const struct pjwt_flag *flags, char *const **argv, struct pjwt_args *args,
          struct pjwt_why *why)
{
    const char *word = **argv;
    const char *equals = strchr(word, '=');
    size_t len = equals == NULL ? strlen(word) : (size_t)(equals - word);
    const struct pjwt_flag *flag =
        strncmp(word, "--", 2) == 0 ? find_flag(flags, word + 2, len - 2) : NULL;
    const char *value = equals == NULL ? NULL : equals + 1;

    if (flag == NULL) {
        say_unknown(flags, word, why);
        return false;
    }
    if (flag->value == NULL && value != NULL) {
        pjwt_why_set(why, "--%s takes no value", flag->name);
        return false;
    }
    if (flag->value != NULL && value == NULL) {
        bool last = (*argv)[1] == NULL || strncmp((*argv)[1], "--", 2) == 0;

        if (last && flag->value[0] == '[') {
            return keep(args, flag, "", why);
        }
        value = (*argv)[1];
        if (last) {
            pjwt_why_set(why, "--%s needs a value: --%s %s", flag->name, flag->name,
                         flag->value);
            return false;
        }
        ++*argv;
    }
    return keep(args, flag, value, why);
}

static bool
check_wanted(const struct pjwt_flag *flags, const struct pjwt_operands *wanted,
             const struct pjwt_args *args, struct pjwt_why *why)
{
    for (const struct pjwt_flag *f = flags; f->name != NULL; f++) {
        if (f->required && !pjwt_flags_on(args, f->name)) {
            pjwt_why_set(why, "--%s %s is missing", f->name, f->value);
            return false;
        }
    }
    if (args->operands < wanted->least) {
        pjwt_why_set(why, "%s is missing", wanted->names);
        return false;
    }
    return true;
}

bool
pjwt_flags_parse(const struct pjwt_flag *flags, const struct pjwt_operands *wanted,
                 char *const *argv, struct pjwt_args *args, struct pjwt_why *why)
{
    bool only_operands = false;

    for (; *argv != NULL; argv++) {
        bool dashed = (*argv)[0] == '-' && (*argv)[1] != '\0' && !only_operands;

        if (dashed && strcmp(*argv, "--") == 0) {
            only_operands = true;
        } else if (dashed) {
            if (!read_flag(flags, &argv, args, why)) {
                return false;
            }
        } else if (args->operands < wanted->most && args->operands < PJWT_OPERANDS_MAX) {
            args->operand[args->operands++] = *argv;
        } else {
            pjwt_why_set(why, "one word too many: %s", *argv);
            return false;
        }
    }
    return check_wanted(flags, wanted, args, why);
}

bool
pjwt_flags_help(char *const *argv)
{
    for (; *argv != NULL && strcmp(*argv, "--") != 0; argv++) {
        if (strcmp(*argv, "--help") == 0 || strcmp(*argv, "-h") == 0) {
            return true;
        }
    }
    return false;
}

const char *
pjwt_flags_next(const struct pjwt_args *args, const char *name, size_t *place)
{
    while (*place < args->givens) {
        size_t i = (*place)++;

        if (strcmp(args->given[i].flag->name, name) == 0) {
            return args->given[i].value;
        }
    }
    return NULL;
}

const char *
pjwt_flags_value(const struct pjwt_args *args, const char *name)
{
    size_t place = 0;

    return pjwt_flags_next(args, name, &place);
}

bool
pjwt_flags_on(const struct pjwt_args *args, const char *name)
{
    for (size_t i = 0; i < args->givens; i++) {
        if (strcmp(args->given[i].flag->name, name) == 0) {
            return true;
        }
    }
    return false;
}
