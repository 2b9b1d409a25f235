/* What if the host treats signals in its own way? It must see none of ours, and reap none of
 * ours. */
#include "tests/pam/guest.h"
#include "tests/pam/host/host.h"
#include "tests/pam/play.h"
#include "tests/pam/text.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>

static char *
with_action(struct house *house, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};

    if (sigaction(SIGCHLD, &action, NULL) != 0) {
        return text_format("sigaction failed");
    }
    return host_log_in(house);
}

static char *
ignores_sigchld(struct house *house)
{
    return with_action(house, SIG_IGN, 0);
}

static char *
wants_no_zombies(struct house *house)
{
    return with_action(house, SIG_DFL, SA_NOCLDWAIT);
}

static volatile sig_atomic_t reaped;

/* As daemons do: whatever there is. */
static void
reap_all(int sig)
{
    int saved = errno;

    (void)sig;
    while (waitpid(-1, NULL, WNOHANG) > 0) {
        reaped = reaped + 1;
    }
    reaped = reaped + 100; /* even one call would be one too many */
    errno = saved;
}

static char *
reaps_everything(struct house *house)
{
    char *wrong = with_action(house, reap_all, 0);

    if (wrong == NULL && reaped != 0) {
        return text_format("the handler ran and reaped: %d", (int)reaped);
    }
    return wrong;
}

static char *
blocks_all(struct house *house)
{
    sigset_t all;

    sigfillset(&all);
    (void)sigprocmask(SIG_SETMASK, &all, NULL);
    return host_log_in(house);
}

/* ignored signals outlive exec: the judge must not inherit them */
static char *
ignores_all(struct house *house)
{
    for (int s = 1; s < NSIG; s++) {
        struct sigaction action = {.sa_handler = SIG_IGN};

        (void)sigaction(s, &action, NULL);
    }
    return host_log_in(house);
}

static volatile sig_atomic_t ticks;

static void
tick(int sig)
{
    (void)sig;
    ticks = ticks + 1;
}

static bool
start_timer(void)
{
    struct sigaction action = {.sa_handler = tick}; /* without SA_RESTART: EINTR everywhere */
    struct itimerval every = {{0, 1000}, {0, 1000}};

    return sigaction(SIGALRM, &action, NULL) == 0 && setitimer(ITIMER_REAL, &every, NULL) == 0;
}

static char *
has_timer(struct house *house)
{
    char *wrong = NULL;

    if (!start_timer()) {
        return text_format("no timer");
    }
    wrong = host_log_in(house);
    if (wrong == NULL && ticks == 0) {
        return text_format("the timer never ran: nothing was proved");
    }
    return wrong;
}

/* The deadline holds although no wait lasts longer than a tick. */
static char *
has_timer_and_silent_judge(struct house *house)
{
    struct scene scene = {0};

    house_verify(house, "rogue-silent");
    if (!start_timer()) {
        return text_format("no timer");
    }
    scene_start(&scene, house, false);
    host_authenticate(&scene, "PAM_AUTH_ERR", "refused user=alice reason=judge-late");
    return play_end(&scene);
}

const struct host hosts_signals[] = {
    {"that ignores SIGCHLD", ignores_sigchld},
    {"that wants no zombies (SA_NOCLDWAIT)", wants_no_zombies},
    {"that reaps every child it hears of", reaps_everything},
    {"that blocks every signal", blocks_all},
    {"that ignores every signal", ignores_all},
    {"with a timer that interrupts every wait", has_timer},
    {"with such a timer and a silent judge", has_timer_and_silent_judge},
    {NULL, NULL},
};
