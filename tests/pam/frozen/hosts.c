/* In which phases is a host stopped, as its owner may? Its judge must go on without it. */
#include "tests/pam/frozen/frozen.h"

#include "tests/pam/mint.h"
#include "tests/pam/scene.h"
#include "tests/pam/text.h"

#include <security/pam_appl.h>
#include <unistd.h>

#define LONGEST 4000 /* no judge waits for its host: this is for a slow machine */

static _Noreturn void
be_host(struct house *house, const char *token, int (*stopped)(pam_handle_t *, int))
{
    struct scene scene = {0};
    pam_handle_t *pamh = NULL;

    scene_start(&scene, house, false);
    talk_expect(&scene.talk, PAM_PROMPT_ECHO_OFF, "Token: ", TALK_ANSWER, token);
    pamh = scene_handle(&scene);
    if (pamh == NULL || (stopped != pam_authenticate && pam_authenticate(pamh, 0) != 0)) {
        _exit(1);
    }
    frozen_follow();
    _exit(stopped(pamh, 0) == PAM_SUCCESS ? 0 : 1);
}

static pid_t
start(struct house *house, int (*stopped)(pam_handle_t *, int))
{
    char words[] = "jti=first";
    PJWT_AUTO(text) char *error = NULL;
    PJWT_AUTO(text) char *token = NULL;
    pid_t pid = -1;

    house_furnish(house);
    token = mint_token(words, house->now, &error);
    pid = fork();
    if (pid == 0) {
        be_host(house, token, stopped);
    }
    return pid;
}

static pid_t
authenticates(struct house *house, int *talk)
{
    *talk = -1;
    return start(house, pam_authenticate);
}

static pid_t
opens_a_session(struct house *house, int *talk)
{
    *talk = -1;
    return start(house, pam_open_session);
}

const struct frozen_kind frozen_hosts[] = {
    {"a host that authenticates", authenticates, LONGEST, false},
    {"a host that opens a session", opens_a_session, LONGEST, false},
    {"a go-between when its host authenticates", authenticates, LONGEST, true},
    {"a go-between when its host opens a session", opens_a_session, LONGEST, true},
    {NULL, NULL, 0, false},
};
