#include "pam_jwt/converse.h"

#include <stdio.h>
#include <string.h>

void
pjwt_typed_clear(struct pjwt_typed *typed)
{
    pjwt_drop_secret(&typed->credential);
}

bool
pjwt_looks_cut(size_t len)
{
    return len == 1023 || len == 4095;
}

/* One message by the application's own function: pam_prompt() would add a log line to ours when
 * the conversation fails. `*answer` is owned by the caller. */
static int
converse(pam_handle_t *pamh, const char *prompt, char **answer)
{
    const struct pam_message message = {PAM_PROMPT_ECHO_OFF, prompt};
    const struct pam_message *messages[] = {&message};
    struct pam_response *response = NULL;
    const void *item = NULL;
    const struct pam_conv *conv = NULL;
    int rc = pam_get_item(pamh, PAM_CONV, &item);

    conv = item;
    if (rc != PAM_SUCCESS || conv == NULL || conv->conv == NULL) {
        return PAM_CONV_ERR;
    }
    rc = conv->conv(1, messages, &response, conv->appdata_ptr);
    if (response != NULL) {
        *answer = response->resp;
        free(response);
    }
    return rc;
}

static pjwt_verdict
ask_part(pam_handle_t *pamh, int part, char **answer)
{
    char prompt[32] = "Token: ";
    int rc = PAM_CONV_ERR;

    if (part > 1) {
        (void)snprintf(prompt, sizeof(prompt), "Token part %d: ", part);
    }
    rc = converse(pamh, prompt, answer);
    if (rc == PAM_BUF_ERR) {
        return PJWT_SAY(NO_MEMORY);
    }
    /* At the end of input misc_conv reports success and gives NULL. */
    return rc == PAM_SUCCESS && *answer != NULL ? PJWT_SAY(OK) : PJWT_SAY(CONVERSATION);
}

/* The ssh password method answers every prompt with the same string, for ever. */
static bool
repeats(const char *answer, const char *before)
{
    return before != NULL && strcmp(answer, before) == 0;
}

/* Adds one answer; returns whether another part is wanted. */
static bool
take(struct pjwt_typed *typed, const char *answer, const char *before)
{
    size_t len = strnlen(answer, PJWT_CREDENTIAL_MAX + 1);

    typed->cut = typed->cut || pjwt_looks_cut(len);
    if (repeats(answer, before)) {
        typed->typing = PJWT_TYPED_REPEATED;
        return false;
    }
    if (!pjwt_secret_append(typed->credential, answer, len)) {
        typed->typing = PJWT_TYPED_TOO_LONG;
        return false;
    }
    return len == PJWT_PART_LEN;
}

pjwt_verdict
pjwt_converse(pam_handle_t *pamh, struct pjwt_typed *typed)
{
    PJWT_AUTO(secret_text) char *before = NULL;
    bool more = true;

    typed->credential = pjwt_secret_new(PJWT_CREDENTIAL_MAX);
    if (typed->credential == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    while (more) {
        PJWT_AUTO(secret_text) char *answer = NULL;

        PJWT_TRY(ask_part(pamh, ++typed->parts, &answer));
        more = take(typed, answer, before);
        if (more && typed->parts == PJWT_PARTS_MAX) {
            typed->typing = PJWT_TYPED_TOO_LONG;
            more = false;
        }
        pjwt_drop_secret_text(&before);
        before = pjwt_take(answer);
    }
    return PJWT_SAY(OK);
}
