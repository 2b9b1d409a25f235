/* Which command does this command line ask for? */
#include "helper/cmd/command.h"
#include "helper/cmd/help.h"
#include "helper/cmd/hold.h"
#include "helper/cmd/say.h"
#include "helper/world.h"
#include "lib/base/own.h"
#include "lib/policy/nearest.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A file opened as descriptor 1 or 2 would receive what we print. Closed ones are filled in the
 * wrong direction, so that writing to them is still an error. */
static bool
fill_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        int flags = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;

        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", flags) != fd) {
            return false;
        }
    }
    return true;
}

static bool
looks_secret(const char *word)
{
    const char *dot = strchr(word, '.');

    return strncmp(word, "pjt1_", 5) == 0 ||
           (strncmp(word, "eyJ", 3) == 0 && dot != NULL && strchr(dot + 1, '.') != NULL);
}

/* Every process of the machine can read our arguments. Nothing of them is printed here. */
static bool
argv_is_public(char *const *argv)
{
    for (; *argv != NULL; argv++) {
        const char *equals = strchr(*argv, '=');

        if (looks_secret(*argv) || (equals != NULL && looks_secret(equals + 1))) {
            return false;
        }
    }
    return true;
}

/* "ticket revoke" for "revoke ticket", "mint" for "token mint"; NULL: there is none, or
 * several. */
static const struct pjwt_command *
find_elsewhere(const char *verb, const char *word)
{
    const struct pjwt_command *found = NULL;

    for (const struct pjwt_command *c = pjwt_commands; c->verb != NULL; c++) {
        if (c->sub == NULL || strcmp(c->sub, verb == NULL ? word : verb) != 0 ||
            (verb != NULL && strcmp(c->verb, word) != 0)) {
            continue;
        }
        if (found != NULL) {
            return NULL;
        }
        found = c;
    }
    return found;
}

static enum pjwt_exit
say_unknown(const struct pjwt_cmd *cmd, const char *verb, const char *word)
{
    const struct pjwt_command *elsewhere = find_elsewhere(verb, word);
    const char *blank = verb == NULL ? "" : " ";
    struct pjwt_nearest nearest = {.word = word};
    char words[PJWT_NEAREST_WORDS];
    char todo[64];

    verb = verb == NULL ? "" : verb;
    if (elsewhere != NULL) {
        (void)snprintf(todo, sizeof(todo), "see `pamjwt %s %s --help`", elsewhere->verb,
                       elsewhere->sub);
        return pjwt_say_error(cmd, PJWT_EXIT_USAGE, todo,
                              "unknown word %s%s%s; did you mean %s %s?", verb, blank, word,
                              elsewhere->verb, elsewhere->sub);
    }
    (void)snprintf(todo, sizeof(todo), "see `pamjwt%s%s --help`", blank, verb);
    for (const struct pjwt_command *c = pjwt_commands; c->verb != NULL; c++) {
        const char *candidate = *verb == '\0' ? c->verb : c->sub;

        if (candidate != NULL && (*verb == '\0' || strcmp(c->verb, verb) == 0)) {
            pjwt_nearest_offer(&nearest, candidate);
        }
    }
    return pjwt_say_error(cmd, PJWT_EXIT_USAGE, todo, "unknown word %s%s%s%s", verb, blank,
                          word, pjwt_nearest_words(&nearest, words));
}

/* The row for the words at `*argv`, which steps over them; NULL, and `verb_known` tells. */
static const struct pjwt_command *
find_command(char *const **argv, bool *verb_known)
{
    *verb_known = false;
    for (const struct pjwt_command *c = pjwt_commands; c->verb != NULL; c++) {
        const char *second = (*argv)[1];

        if (strcmp(c->verb, (*argv)[0]) != 0) {
            continue;
        }
        *verb_known = true;
        if (c->sub == NULL || (second != NULL && strcmp(c->sub, second) == 0)) {
            *argv += c->sub == NULL ? 1 : 2;
            return c;
        }
    }
    return NULL;
}

/* "pamjwt key", "pamjwt key --help", "pamjwt key nwe" */
static enum pjwt_exit
group(const struct pjwt_cmd *cmd, char *const *argv)
{
    bool help = argv[1] != NULL && pjwt_flags_help(argv + 1);

    if (argv[1] != NULL && !help) {
        return say_unknown(cmd, argv[0], argv[1]);
    }
    pjwt_help_overview(help ? stdout : stderr, argv[0]);
    return help ? PJWT_EXIT_OK : PJWT_EXIT_USAGE;
}

static enum pjwt_exit
run(struct pjwt_cmd *cmd, char *const *argv)
{
    bool verb_known = false;
    const struct pjwt_command *command = find_command(&argv, &verb_known);
    struct pjwt_why why = {""};

    if (command == NULL) {
        return verb_known ? group(cmd, argv) : say_unknown(cmd, NULL, argv[0]);
    }
    if (pjwt_flags_help(argv)) {
        pjwt_help_command(stdout, command);
        return PJWT_EXIT_OK;
    }
    cmd->command = command;
    if (!pjwt_flags_parse(command->flags, &command->operands, argv, &cmd->args, &why)) {
        return pjwt_say_usage(cmd, "%s", why.text);
    }
    return command->run(cmd);
}

/* Absolute, without a guess at links: the walk that opens it looks at each of them. */
static bool
set_config(struct pjwt_cmd *cmd, const char *path, char room[PATH_MAX])
{
    char here[PATH_MAX];
    int len = 0;

    if (path[0] == '/') {
        len = snprintf(room, PATH_MAX, "%s", path);
    } else if (getcwd(here, sizeof(here)) != NULL) {
        len = snprintf(room, PATH_MAX, "%s/%s", here, path);
    }
    cmd->config = room;
    return path[0] != '\0' && len > 0 && len < PATH_MAX;
}

/* The words in front of the verb. Sets `*argv` behind them, or returns what ends the run. */
static enum pjwt_exit
read_front(struct pjwt_cmd *cmd, char *const **argv, char room[PATH_MAX], bool *done)
{
    static char version[] = "version";
    static char *as_version[] = {version, NULL};
    const char *word = **argv;
    const char *path = word == NULL                         ? NULL
                       : strncmp(word, "--config=", 9) == 0 ? word + 9
                       : strcmp(word, "--config") == 0      ? (*argv)[1]
                                                            : NULL;

    *done = true;
    if (word != NULL && strncmp(word, "--config", 8) == 0) {
        if (path == NULL || !set_config(cmd, path, room)) {
            return pjwt_say_usage(cmd, "--config needs the path of a config file");
        }
        *argv += word[8] == '=' ? 1 : 2;
        word = **argv;
    }
    if (word == NULL) {
        pjwt_help_overview(stderr, NULL);
        return PJWT_EXIT_USAGE;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        pjwt_help_overview(stdout, NULL);
        return PJWT_EXIT_OK;
    }
    if (strcmp(word, "--version") == 0) {
        *argv = as_version;
    }
    *done = false;
    return PJWT_EXIT_OK;
}

int
main(int argc, char **argv)
{
    struct pjwt_actor actor = {.at = 0};
    struct pjwt_cmd cmd = {.config = PJWT_CONFIG, .actor = &actor};
    char *const *words = argv + (argc > 0 ? 1 : 0);
    char room[PATH_MAX];
    bool done = false;
    enum pjwt_exit status = PJWT_EXIT_UNAVAILABLE;

    if (!fill_descriptors()) {
        return (int)PJWT_EXIT_UNAVAILABLE;
    }
    (void)umask(077);
    if (!argv_is_public(words)) {
        return (int)pjwt_say_error(
            &cmd, PJWT_EXIT_USAGE,
            "`explain` takes it on stdin or in a file; other commands take a ticket's id, "
            "the 12 characters behind pjt1_",
            "a token or ticket on the command line can be read by everybody");
    }
    status = read_front(&cmd, &words, room, &done);
    if (!done) {
        pjwt_world_open(cmd.config);
        cmd.now = pjwt_world_now();
        status = run(&cmd, words);
    }
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        status = pjwt_say_error(&cmd, PJWT_EXIT_UNAVAILABLE, NULL, "standard output: %m");
    }
    pjwt_hold_end();
    return (int)status;
}
