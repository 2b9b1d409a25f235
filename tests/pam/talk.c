#include "tests/pam/talk.h"

#include "tests/pam/text.h"

#include <string.h>

void
talk_expect(struct talk *talk, int style, const char *text, enum talk_how how,
            const char *answer)
{
    size_t i = talk->prompts;

    if (i == TALK_MAX) {
        text_die("more than %d prompts", TALK_MAX);
    }
    talk->prompt[i].style = style;
    talk->prompt[i].text = text_copy(text, strlen(text));
    talk->prompt[i].how = how;
    talk->prompt[i].answer = answer == NULL ? NULL : text_copy(answer, strlen(answer));
    talk->prompts++;
}

void
talk_clear(struct talk *talk)
{
    for (size_t i = 0; i < talk->prompts; i++) {
        free(talk->prompt[i].text);
        free(talk->prompt[i].answer);
    }
    for (size_t i = 0; i < talk->messages; i++) {
        free(talk->message[i].text);
    }
    free(talk->fault);
    *talk = (struct talk){0};
}

static int
surprise(struct talk *talk, const char *words, const char *text)
{
    if (talk->fault == NULL) {
        talk->fault = text_format("%s: \"%s\"", words, text);
    }
    return PAM_CONV_ERR;
}

static int
answer(struct talk *talk, const struct pam_message *message, struct pam_response *response)
{
    size_t i = talk->asked;

    if (i == talk->prompts) {
        return surprise(talk, "a prompt that the case does not expect", message->msg);
    }
    if (message->msg_style != talk->prompt[i].style ||
        strcmp(message->msg, talk->prompt[i].text) != 0) {
        return surprise(talk, "another prompt than the case expects", message->msg);
    }
    talk->asked++;
    if (talk->prompt[i].how == TALK_ERROR) {
        return PAM_CONV_ERR;
    }
    response->resp = talk->prompt[i].how == TALK_NULL
                         ? NULL
                         : text_copy(talk->prompt[i].answer, strlen(talk->prompt[i].answer));
    return PAM_SUCCESS;
}

static int
hear(struct talk *talk, const struct pam_message *message)
{
    if (talk->messages == TALK_MAX) {
        return surprise(talk, "more messages than there is room for", message->msg);
    }
    talk->message[talk->messages].style = message->msg_style;
    talk->message[talk->messages++].text = text_copy(message->msg, strlen(message->msg));
    return PAM_SUCCESS;
}

int
talk_conversation(int count, const struct pam_message **messages,
                  struct pam_response **responses, void *appdata)
{
    struct pam_response *response = NULL;
    bool prompt = false;
    int rc = PAM_SUCCESS;

    if (count != 1) {
        return surprise(appdata, "several messages in one call", messages[0]->msg);
    }
    response = calloc(1, sizeof(*response));
    if (response == NULL) {
        return PAM_BUF_ERR;
    }
    prompt = messages[0]->msg_style == PAM_PROMPT_ECHO_OFF ||
             messages[0]->msg_style == PAM_PROMPT_ECHO_ON;
    rc = prompt ? answer(appdata, messages[0], response) : hear(appdata, messages[0]);
    if (rc != PAM_SUCCESS) {
        free(response);
        return rc;
    }
    *responses = response;
    return PAM_SUCCESS;
}

void
talk_delay(int code, unsigned usec, void *appdata)
{
    struct talk *talk = appdata;

    if (usec > 0) {
        talk->delays++;
        talk->delay_code = code;
        talk->delay_us = usec;
    }
}
