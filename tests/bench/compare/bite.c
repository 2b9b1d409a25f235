/* How long does a revocation take to bite?
 *
 * usage: compare-bite CONFDIR SERVICE USER FILE auth|account|open COMMAND…
 *
 * Another process uses the credential all the while: it logs in (auth), or asks of one login
 * whether it is still good (account), again and again, or it is logged in and waits (open).
 * COMMAND, which revokes, is started as soon as that goes well. Prints the milliseconds from
 * the start of COMMAND to its end, and to the end of the first refusal, or of the process that
 * was logged in.
 *
 * Fails when a login that began after COMMAND had ended was accepted. */
#include "tests/bench/compare/host.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define WARM 3 /* accepted before anybody revokes */

/* What the two processes tell each other; times are of host_microseconds(). */
struct board {
    volatile unsigned accepted;
    volatile double accepted_at; /* the last that was accepted began then */
    volatile double refused;     /* when the first refusal was there, or the login's end */
    volatile double returned;    /* when COMMAND had ended; 0: not yet */
    volatile int rc;
};

static void
die(const char *words)
{
    (void)fprintf(stderr, "compare-bite: %s\n", words);
    exit(1);
}

static int
once_more(struct host *host, bool account)
{
    int rc = PAM_SUCCESS;

    if (account) {
        return host_account(host);
    }
    rc = host_auth(host);
    host_end(host, rc);
    return rc;
}

static void
use(struct host *host, const char *phase, struct board *board)
{
    bool account = strcmp(phase, "account") == 0;
    int rc = account ? host_auth(host) : PAM_SUCCESS;

    /* One that begins after the revocation is the last in any case. */
    for (bool last = false; rc == PAM_SUCCESS && !last;) {
        double began = 0;

        last = board->returned > 0;
        began = host_microseconds();
        rc = once_more(host, account);
        if (rc == PAM_SUCCESS) {
            board->accepted_at = began;
            board->accepted++;
        }
    }
    board->refused = host_microseconds();
    board->rc = rc;
    _exit(0);
}

static void
be_logged_in(struct host *host, struct board *board)
{
    int rc = host_login(host);

    if (rc != PAM_SUCCESS) {
        _exit(1);
    }
    board->accepted = WARM;
    for (;;) {
        (void)pause();
    }
}

static pid_t
start_user(struct host *host, const char *phase, struct board *board)
{
    pid_t pid = fork();

    if (pid == 0) {
        if (strcmp(phase, "open") == 0) {
            be_logged_in(host, board);
        }
        use(host, phase, board);
    }
    return pid;
}

/* False: it has ended before. */
static bool
goes_well(pid_t pid, const struct board *board)
{
    while (board->accepted < WARM) {
        if (waitpid(pid, NULL, WNOHANG) == pid) {
            return false;
        }
        (void)usleep(1000);
    }
    return true;
}

static pid_t
start_command(char **command)
{
    pid_t pid = fork();

    if (pid == 0) {
        (void)dup2(2, 1); /* our own output is a figure */
        (void)execv(command[0], command);
        _exit(127);
    }
    return pid;
}

static void
fail(pid_t user, const char *words)
{
    (void)kill(user, SIGKILL);
    die(words);
}

/* Has COMMAND done all that it should before it returned? `user` is still to be waited for. */
static void
check_open(pid_t user, struct board *board, int *left)
{
    if (waitpid(user, NULL, WNOHANG) != user) {
        fail(user, "logged in after the revocation had returned");
    }
    board->refused = host_microseconds();
    *left = 0;
}

static void
measure(pid_t user, const char *phase, struct board *board, char **command)
{
    bool open = strcmp(phase, "open") == 0;
    double start = host_microseconds();
    pid_t revoke = start_command(command);
    int left = 2;

    while (left-- > 0) {
        int status = 0;
        pid_t pid = wait(&status);

        if (pid == revoke) {
            board->returned = host_microseconds();
            if (status != 0) {
                fail(user, "the command failed");
            }
            if (open && left == 1) {
                check_open(user, board, &left);
            }
        } else if (open) {
            board->refused = host_microseconds();
        }
    }
    if (!open && (board->rc == PAM_SUCCESS || board->accepted_at > board->returned)) {
        die("accepted after the revocation had returned");
    }
    (void)printf("%.2f %.2f\n", (board->returned - start) / 1000,
                 (board->refused - start) / 1000);
}

int
main(int argc, char **argv)
{
    static struct host host;
    struct board *board =
        mmap(NULL, sizeof(*board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t user = -1;

    if (argc < 7 || board == MAP_FAILED) {
        (void)fputs("usage: compare-bite CONFDIR SERVICE USER FILE auth|account|open COMMAND\n",
                    stderr);
        return 2;
    }
    host = (struct host){.confdir = argv[1], .service = argv[2], .user = argv[3]};
    if (!host_read(&host, argv[4], 0)) {
        die(argv[4]);
    }
    user = start_user(&host, argv[5], board);
    if (user < 0 || !goes_well(user, board)) {
        die("the credential was refused before it was revoked");
    }
    measure(user, argv[5], board, argv + 6);
    return 0;
}
