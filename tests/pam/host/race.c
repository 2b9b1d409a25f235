/* What if many hosts log in at the same instant, with one credential that is good once? */
#include "tests/pam/host/host.h"
#include "tests/pam/mint.h"
#include "tests/pam/play.h"
#include "tests/pam/text.h"

#include "lib/store/tickets.h"

#include <fcntl.h>
#include <security/pam_appl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define HOSTS 64

/* Everybody waits for the end of the pipe whose reading end this is: then all go at once. */
static void
wait_for_start(int start)
{
    char none = 0;

    (void)!read(start, &none, 1);
}

/* One host: its exit status says whether it was let in. */
static void
be_host(struct house *house, const char *credential, int start)
{
    struct scene scene = {0};
    pam_handle_t *pamh = NULL;
    int code = PAM_ABORT;

    scene_start(&scene, house, false);
    pamh = scene_handle(&scene);
    talk_expect(&scene.talk, PAM_PROMPT_ECHO_OFF, "Token: ", TALK_ANSWER, credential);
    wait_for_start(start);
    if (pamh != NULL) {
        code = pam_authenticate(pamh, 0);
    }
    _exit(code == PAM_SUCCESS ? 0 : code == PAM_AUTH_ERR ? 1 : 2);
}

/* How many of `hosts` were let in; -1 when one of them ended in another way. */
static int
race(struct house *house, const char *credential, int hosts)
{
    pid_t pids[HOSTS];
    int start[2] = {-1, -1};
    int accepted = 0;
    bool odd = pipe2(start, O_CLOEXEC) != 0;

    for (int i = 0; i < hosts; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            (void)close(start[1]);
            be_host(house, credential, start[0]);
        }
    }
    (void)close(start[1]);
    for (int i = 0; i < hosts; i++) {
        int status = -1;

        odd = waitpid(pids[i], &status, 0) != pids[i] || !WIFEXITED(status) ||
              WEXITSTATUS(status) > 1 || odd;
        accepted += WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    (void)close(start[0]);
    return odd ? -1 : accepted;
}

/* Who wins, and that nobody else ever does: at once, after everything has ended and the log is
 * folded into the file, and with the clock set back. */
static char *
races(struct house *house, const char *credential)
{
    int won = race(house, credential, HOSTS);
    int after = -1;
    int back = -1;

    pjwt_store_close(house_store(house));
    after = race(house, credential, 1);
    house->now -= 110;
    house_write(house);
    back = race(house, credential, 8);
    return won == 1 && after == 0 && back == 0
               ? NULL
               : text_format("%d of %d were let in, then %d of 1, then %d of 8", won, HOSTS,
                             after, back);
}

static char *
one_token(struct house *house)
{
    char words[] = "key=es256-a iat=-5m";
    PJWT_AUTO(text) char *error = NULL;
    PJWT_AUTO(text) char *token = mint_token(words, house->now, &error);
    struct scene scene = {0};

    house_verify(house, "good");
    scene_start(&scene, house, false);
    play_line(&scene, "config", "issuer corp: one_time = yes");
    scene_end(&scene);
    return races(house, token);
}

/* The control: a token that is good many times lets everybody in. */
static char *
one_token_many_times(struct house *house)
{
    char words[] = "key=es256-a iat=-5m";
    PJWT_AUTO(text) char *error = NULL;
    PJWT_AUTO(text) char *token = mint_token(words, house->now, &error);
    int won = -1;

    house_verify(house, "good");
    won = race(house, token, HOSTS);
    return won == HOSTS ? NULL : text_format("%d of %d were let in", won, HOSTS);
}

static char *
one_ticket(struct house *house)
{
    struct pjwt_ticket row = {.user = "alice",
                              .services = "sshd",
                              .created = house->now - 60,
                              .expires = house->now + 3600,
                              .one_time = 1};
    PJWT_AUTO(store) struct pjwt_store *store = house_store(house);
    PJWT_AUTO(secret) struct pjwt_secret *ticket = NULL;
    pjwt_verdict v = pjwt_ticket_issue(store, &row, &ticket);

    pjwt_drop_store(&store);
    house_verify(house, "good");
    return pjwt_ok(v) ? races(house, pjwt_secret_bytes(ticket))
                      : text_format("no ticket: %s", pjwt_code(v));
}

const struct host hosts_race[] = {
    {"sixty-four at once, with a token that is good once", one_token},
    {"sixty-four at once, with a token that is good many times", one_token_many_times},
    {"sixty-four at once, with a ticket that is good once", one_ticket},
    {NULL, NULL},
};
