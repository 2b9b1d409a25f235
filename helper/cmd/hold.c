#include "helper/cmd/hold.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

/* What asks a run to end. A hang-up comes twice, from the kernel and from the shell. */
static const int asking[] = {SIGINT, SIGTERM, SIGHUP};

static volatile sig_atomic_t kept; /* the first of them; 0: none */
static bool holding;

static void
keep(int signal)
{
    kept = kept == 0 ? signal : kept;
    /* It may have come just before the call that waits; that one ends a second later. */
    (void)alarm(1);
}

static void
wake(int signal)
{
    (void)signal;
}

/* Without SA_RESTART, so that a wait ends. */
static void
handle(int signal, void (*with)(int), int flags)
{
    struct sigaction action = {.sa_handler = with, .sa_flags = flags};
    struct sigaction old;

    (void)sigemptyset(&action.sa_mask);
    if (sigaction(signal, NULL, &old) == 0 && old.sa_handler == SIG_DFL) {
        (void)sigaction(signal, &action, NULL);
    }
}

void
pjwt_hold_begin(void)
{
    if (holding) {
        return; /* a Ctrl-C that was kept already must not be forgotten */
    }
    holding = true;
    handle(SIGALRM, wake, 0);
    for (size_t i = 0; i < sizeof(asking) / sizeof(asking[0]); i++) {
        /* Whoever presses Ctrl-C again does not want to wait for us. */
        handle(asking[i], keep, asking[i] == SIGINT ? (int)SA_RESETHAND : 0);
    }
    handle(SIGPIPE, SIG_IGN, 0);
    handle(SIGTSTP, SIG_IGN, 0);
    handle(SIGTTOU, SIG_IGN, 0); /* words, from the background */
}

void
pjwt_hold_end(void)
{
    if (kept != 0) {
        (void)signal(kept, SIG_DFL);
        (void)raise(kept);
    }
}
