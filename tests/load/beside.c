/* Does a command that takes long delay the logins beside it?
 *
 * usage: beside SECONDS CONFDIR SERVICE USER FILE COMMAND…   (FILE holds the credential)
 *
 * Logins one after the other, by turns for SECONDS without the command and with it, so that
 * what else the machine does hits both alike. At the end of its turn the command is
 * interrupted, and must end with status 3; with status 0 it has done its work, and all is over.
 * Prints ms. Status 1 when a login was refused or the command failed.
 */
#include "tests/load/login.h"

#include <security/_pam_types.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOGINS_MAX   200000
#define STATUS_LATER 3

struct side {
    const char *name;
    double *took;
    size_t count, refused;
};

static void
log_in(const struct load_login *login, struct side *side)
{
    struct load_told told = {0};

    if (side->count == LOGINS_MAX || !load_login_run(login, &told)) {
        load_die("a login told nothing");
    }
    side->took[side->count++] = told.to - told.from;
    side->refused += told.rc != PAM_SUCCESS ? 1 : 0;
}

static void
without(const struct load_login *login, double ms, struct side *side)
{
    double end = load_now() + ms;

    while (load_now() < end) {
        log_in(login, side);
    }
}

/* Its exit status. A login that began beside it counts, wherever it ends. */
static int
with(const struct load_login *login, double ms, struct side *side, char **command)
{
    double end = load_now() + ms;
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        (void)execv(command[0], command);
        _exit(127);
    }
    if (pid < 0) {
        load_die(command[0]);
    }
    while (load_now() < end) {
        if (waitpid(pid, &status, WNOHANG) == pid) {
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        }
        log_in(login, side);
    }
    (void)kill(pid, SIGINT);
    if (waitpid(pid, &status, 0) != pid) {
        load_die("waitpid");
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
report(struct side *side)
{
    (void)printf("%-14s %8zu %8.1f %8.1f %8.1f %8zu\n", side->name, side->count,
                 load_percentile(side->took, side->count, 50),
                 load_percentile(side->took, side->count, 99),
                 load_percentile(side->took, side->count, 100), side->refused);
}

int
main(int argc, char **argv)
{
    struct side alone = {.name = "without", .took = calloc(LOGINS_MAX, sizeof(double))};
    struct side beside = {.name = "beside it", .took = calloc(LOGINS_MAX, sizeof(double))};
    double ms = argc > 6 ? strtod(argv[1], NULL) * 1e3 : 0;
    int status = STATUS_LATER;

    if (ms <= 0 || alone.took == NULL || beside.took == NULL) {
        (void)fputs("usage: beside SECONDS CONFDIR SERVICE USER FILE COMMAND...\n", stderr);
        return 2;
    }
    while (status == STATUS_LATER) {
        struct load_login login = {argv[2], argv[3], argv[4], argv[5]};

        without(&login, ms, &alone);
        status = with(&login, ms, &beside, argv + 6);
    }
    (void)printf("%-14s %8s %8s %8s %8s %8s\n", "logins, ms", "count", "median", "p99",
                 "longest", "errors");
    report(&alone);
    report(&beside);
    (void)printf("over the median without: p99 %.1f, longest %.1f ms (without: %.1f, %.1f)\n",
                 load_percentile(beside.took, beside.count, 99) -
                     load_percentile(alone.took, alone.count, 50),
                 load_percentile(beside.took, beside.count, 100) -
                     load_percentile(alone.took, alone.count, 50),
                 load_percentile(alone.took, alone.count, 99) -
                     load_percentile(alone.took, alone.count, 50),
                 load_percentile(alone.took, alone.count, 100) -
                     load_percentile(alone.took, alone.count, 50));
    return status == 0 && alone.refused + beside.refused == 0 ? 0 : 1;
}
