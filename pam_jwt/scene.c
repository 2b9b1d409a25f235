#include "pam_jwt/scene.h"

#include "lib/base/report.h"

#include <security/pam_modules.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

static void
item(pam_handle_t *pamh, int type, char field[PJWT_WIRE_NAME])
{
    const void *value = NULL;

    if (pam_get_item(pamh, type, &value) == PAM_SUCCESS) {
        pjwt_report_name(field, PJWT_WIRE_NAME, value);
    }
}

pjwt_verdict
pjwt_scene_name_attempt(char attempt[PJWT_ATTEMPT_SIZE])
{
    unsigned char random[6];

    if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random)) {
        return PJWT_SAY(INTERNAL);
    }
    (void)snprintf(attempt, PJWT_ATTEMPT_SIZE, "%02x%02x%02x%02x%02x%02x", random[0], random[1],
                   random[2], random[3], random[4], random[5]);
    return PJWT_SAY(OK);
}

/* Of the PAM environment, which sshd fills and which no client reaches, and never of the
 * process's, which belongs to whoever starts su. What is too long is left out whole. */
static void
ssh_key(pam_handle_t *pamh, struct pjwt_question *question)
{
    const char *info = pam_getenv(pamh, "SSH_AUTH_INFO_0");

    if (info != NULL && strcmp(question->service, "sshd") == 0 &&
        strlen(info) < sizeof(question->ssh_key)) {
        memcpy(question->ssh_key, info, strlen(info) + 1);
    }
}

pjwt_verdict
pjwt_scene_fill(pam_handle_t *pamh, enum pjwt_ask ask, struct pjwt_question *question)
{
    question->ask = ask;
    item(pamh, PAM_USER, question->user);
    item(pamh, PAM_SERVICE, question->service);
    item(pamh, PAM_RUSER, question->ruser);
    item(pamh, PAM_RHOST, question->rhost);
    item(pamh, PAM_TTY, question->tty);
    if (ask == PJWT_ASK_AUTH) {
        ssh_key(pamh, question);
    }
    return pjwt_scene_name_attempt(question->attempt);
}

/* libpam itself calls the function without a look. */
static bool
can_ask(pam_handle_t *pamh)
{
    const void *item = NULL;
    const struct pam_conv *conv = NULL;

    if (pam_get_item(pamh, PAM_CONV, &item) != PAM_SUCCESS) {
        return false;
    }
    conv = item;
    return conv != NULL && conv->conv != NULL;
}

pjwt_verdict
pjwt_scene_user(pam_handle_t *pamh, struct pjwt_question *question)
{
    const char *user = NULL;

    if (question->user[0] == '\0' && !can_ask(pamh)) {
        return PJWT_SAY(CONVERSATION);
    }
    if (pam_get_user(pamh, &user, NULL) != PAM_SUCCESS || user == NULL) {
        return PJWT_SAY(CONVERSATION);
    }
    pjwt_report_name(question->user, sizeof(question->user), user);
    return PJWT_SAY(OK);
}
