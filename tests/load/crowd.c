/* How long does the last of many wait, who all log in at once?
 *
 * usage: crowd CONFDIR SERVICE USER DIR COUNT   (DIR/0 to DIR/COUNT-1 hold the credentials)
 *
 * All are ready before the first may go; each counts from that instant. Prints one line: how
 * many, the slowest and the median in ms, how many were not admitted. Status 1 when any was
 * not.
 */
#include "tests/load/login.h"

#include <fcntl.h>
#include <limits.h>
#include <security/_pam_types.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT_MAX 1000

struct crowd {
    int ready[2], go[2], tell[2];
    size_t count;
    double took[COUNT_MAX];
    size_t refused;
};

static void
start(struct crowd *crowd, const char *const *word)
{
    char file[PATH_MAX];
    char byte = 0;

    if (pipe2(crowd->ready, O_CLOEXEC) != 0 || pipe2(crowd->go, O_CLOEXEC) != 0 ||
        pipe2(crowd->tell, O_CLOEXEC) != 0) {
        load_die("pipe");
    }
    for (size_t i = 0; i < crowd->count; i++) {
        struct load_login login = {word[0], word[1], word[2], file};
        pid_t pid = -1;

        (void)snprintf(file, sizeof(file), "%s/%zu", word[3], i);
        pid = load_login_start(&login, crowd->ready[1], crowd->go[0], crowd->tell[1]);
        if (pid < 0 || read(crowd->ready[0], &byte, 1) != 1) {
            load_die("a login could not be started");
        }
    }
}

/* What each tells is smaller than PIPE_BUF, so that it comes in one piece. */
static void
run(struct crowd *crowd)
{
    static const char go[COUNT_MAX]; /* a byte for each */
    double from = load_now();
    struct load_told told = {0};

    if (write(crowd->go[1], go, crowd->count) != (ssize_t)crowd->count) {
        load_die("write");
    }
    for (size_t i = 0; i < crowd->count; i++) {
        if (read(crowd->tell[0], &told, sizeof(told)) != (ssize_t)sizeof(told)) {
            load_die("a login told nothing");
        }
        crowd->took[i] = told.to - from;
        crowd->refused += told.rc != PAM_SUCCESS ? 1 : 0;
    }
    for (size_t i = 0; i < crowd->count; i++) {
        (void)wait(NULL);
    }
}

int
main(int argc, char **argv)
{
    static struct crowd crowd;

    crowd.count = argc == 6 ? strtoul(argv[5], NULL, 10) : 0;
    if (crowd.count < 1 || crowd.count > COUNT_MAX) {
        (void)fputs("usage: crowd CONFDIR SERVICE USER DIR COUNT\n", stderr);
        return 2;
    }
    start(&crowd, (const char *const *)argv + 1);
    run(&crowd);
    (void)printf("%zu at once: slowest %.0f ms, median %.0f ms, %zu errors\n", crowd.count,
                 load_percentile(crowd.took, crowd.count, 100),
                 load_percentile(crowd.took, crowd.count, 50), crowd.refused);
    return crowd.refused == 0 ? 0 : 1;
}
