#include "tests/pam/matrix/guest_login.h"

#include "tests/pam/play.h"
#include "tests/pam/text.h"

#include <string.h>

void
guest_play(struct scene *scene, const char *const lines[][2], size_t count)
{
    for (size_t i = 0; i < count && lines[i][0] != NULL; i++) {
        play_line(scene, lines[i][0], lines[i][1]);
    }
    if (scene->wrong != NULL) {
        text_die("%s", scene->wrong);
    }
}

void
guest_start(struct guest *guest, const struct house *house, const struct scene *maker)
{
    const struct pam_conv conv = {talk_conversation, &guest->talk};
    PJWT_AUTO(text) char *pam_d = house_path(house, "pam_d");
    union {
        void (*function)(int, unsigned, void *);
        const void *item;
    } delay = {.function = talk_delay};

    for (size_t i = 0; i < maker->talk.prompts; i++) {
        talk_expect(&guest->talk, maker->talk.prompt[i].style, maker->talk.prompt[i].text,
                    maker->talk.prompt[i].how, maker->talk.prompt[i].answer);
    }
    if (pam_start_confdir("sshd", maker->user, &conv, pam_d, &guest->pamh) != PAM_SUCCESS ||
        pam_set_item(guest->pamh, PAM_FAIL_DELAY, delay.item) != PAM_SUCCESS) {
        text_die("pam_start failed");
    }
}

void
guest_end(struct guest *guest)
{
    (void)pam_end(guest->pamh, PAM_SUCCESS);
    talk_clear(&guest->talk);
    *guest = (struct guest){0};
}

void
guest_log_in(struct guest *guest, const struct scene *maker)
{
    talk_expect(&guest->talk, PAM_PROMPT_ECHO_OFF, "Token: ", TALK_ANSWER,
                values_get(&maker->values, "token"));
    if (pam_authenticate(guest->pamh, 0) != PAM_SUCCESS) {
        text_die("the login before the check is refused");
    }
}

void
guest_run(struct guest *guest, const struct phase *phase)
{
    guest->code = phase->call(guest->pamh);
    if (strcmp(phase->type, "auth") == 0) {
        guest->setcred = pam_setcred(guest->pamh, (int)PAM_ESTABLISH_CRED);
    }
}
