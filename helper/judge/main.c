/* pamjwt-verify: one question on descriptor 3, one answer, the end. The module starts it; it is
 * of no use at a terminal. */
#include "helper/judge/asker.h"
#include "helper/judge/even.h"
#include "helper/judge/judge.h"
#include "helper/judge/stock.h"
#include "lib/base/own.h"
#include "lib/jose/process.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

#define QUESTION_FD 3
#define WAKE_SECONDS \
    4 /* ends a wait in the writers' queue, so that there is still time to say so */
#define LIFE_SECONDS 5 /* the asker waits no longer either */

static void
wake(int signal)
{
    (void)signal; /* its only work is to interrupt a system call */
}

/* In CLOCK_BOOTTIME, so that a process that was stopped meanwhile does not live on. */
static bool
arm(int signal, time_t seconds)
{
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = signal};
    /* Again and again: a signal that comes just before a wait begins does not end it. */
    struct itimerspec when = {.it_value = {.tv_sec = seconds},
                              .it_interval = {.tv_nsec = 50000000}};
    timer_t timer;

    return timer_create(CLOCK_BOOTTIME, &event, &timer) == 0 &&
           timer_settime(timer, 0, &when, NULL) == 0;
}

static bool
limit_life(void)
{
    struct sigaction action = {.sa_handler = wake}; /* without SA_RESTART */
    struct rlimit no_core = {0, 0};                 /* a core would hold the credential */

    return setrlimit(RLIMIT_CORE, &no_core) == 0 && sigaction(SIGALRM, &action, NULL) == 0 &&
           signal(SIGPIPE, SIG_IGN) != SIG_ERR && arm(SIGALRM, WAKE_SECONDS) &&
           arm(SIGKILL, LIFE_SECONDS);
}

/* The path of the config file, or NULL when the arguments are not what the module passes. */
static const char *
config_path(int argc, char **argv)
{
    if (argc == 1) {
        return PJWT_CONFIG;
    }
    return argc == 3 && strcmp(argv[1], "--config") == 0 && argv[2][0] == '/' ? argv[2] : NULL;
}

static pjwt_verdict
receive(struct pjwt_question *question)
{
    PJWT_AUTO(secret) struct pjwt_secret *message = NULL;
    ssize_t got = recv(QUESTION_FD, NULL, 0, MSG_PEEK | MSG_TRUNC);

    if (got < 0 || got > PJWT_WIRE_MAX) {
        return PJWT_SAY(QUESTION);
    }
    message = pjwt_secret_new((size_t)got);
    if (message == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    got = recv(QUESTION_FD, pjwt_secret_buffer(message), pjwt_secret_room(message), MSG_TRUNC);
    if (got < 0 || (size_t)got > pjwt_secret_room(message)) {
        return PJWT_SAY(QUESTION);
    }
    return pjwt_question_decode(pjwt_secret_bytes(message), (size_t)got, question);
}

static bool
answer(const struct pjwt_answer *said)
{
    PJWT_AUTO(secret) struct pjwt_secret *message = NULL;

    if (!pjwt_ok(pjwt_answer_encode(said, &message))) {
        return false;
    }
    return send(QUESTION_FD, pjwt_secret_bytes(message), pjwt_secret_len(message),
                MSG_NOSIGNAL) == (ssize_t)pjwt_secret_len(message);
}

int
main(int argc, char **argv)
{
    const struct timespec start = pjwt_even_start();
    PJWT_QUESTION_SCOPE struct pjwt_question question = {0};
    struct pjwt_answer said = {0};
    struct pjwt_asker asker = {0};
    const char *config = config_path(argc, argv);

    if (config == NULL || !pjwt_asker_of(QUESTION_FD, &asker)) {
        (void)fputs("pamjwt-verify is started by pam_jwt.so: see pam_jwt(8). To ask what would "
                    "be decided: pamjwt explain\n",
                    stderr);
        return 2;
    }
    if (!limit_life()) {
        return 3;
    }
    pjwt_stock();
    if (!pjwt_process_start()) {
        return 3;
    }
    said.verdict = receive(&question);
    if (pjwt_ok(said.verdict)) {
        pjwt_judge(config, &question, &asker, &said);
    }
    pjwt_even_wait(&start, &said);
    return answer(&said) ? 0 : 3;
}
