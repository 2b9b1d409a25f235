#include "tests/bench/compare/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double
host_microseconds(void)
{
    struct timespec t = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

const char *
host_code(int rc)
{
    static const struct {
        int rc;
        const char *name;
    } codes[] = {
        {PAM_SUCCESS, "SUCCESS"},
        {PAM_AUTH_ERR, "AUTH_ERR"},
        {PAM_AUTHINFO_UNAVAIL, "AUTHINFO_UNAVAIL"},
        {PAM_SERVICE_ERR, "SERVICE_ERR"},
        {PAM_SYSTEM_ERR, "SYSTEM_ERR"},
        {PAM_PERM_DENIED, "PERM_DENIED"},
        {PAM_ACCT_EXPIRED, "ACCT_EXPIRED"},
    };

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        if (codes[i].rc == rc) {
            return codes[i].name;
        }
    }
    return "another code";
}

bool
host_read(struct host *host, const char *file, size_t line)
{
    FILE *from = fopen(file, "re");
    bool found = false;

    for (size_t i = 0; from != NULL && i <= line; i++) {
        found = fgets(host->credential, sizeof(host->credential), from) != NULL;
        if (!found) {
            if (i == 0) {
                break; /* an empty file */
            }
            line %= i;
            rewind(from);
            i = (size_t)-1;
        }
    }
    if (from != NULL) {
        (void)fclose(from);
    }
    host->credential[strcspn(host->credential, "\n")] = '\0';
    return found && host->credential[0] != '\0';
}

static char *
next_answer(struct host *host)
{
    size_t len = strlen(host->credential);
    size_t part = len > host->fits ? HOST_PART : len;
    char *answer = strndup(host->credential + host->typed, part);

    host->prompts++;
    host->typed += answer == NULL ? 0 : strlen(answer);
    return answer;
}

static int
converse(int count, const struct pam_message **messages, struct pam_response **replies,
         void *data)
{
    struct host *host = data;
    struct pam_response *reply = calloc((size_t)count, sizeof(*reply));

    if (reply == NULL) {
        return PAM_BUF_ERR;
    }
    for (int i = 0; i < count; i++) {
        if (messages[i]->msg_style == PAM_PROMPT_ECHO_OFF) {
            reply[i].resp = next_answer(host);
        } else {
            (void)snprintf(host->said, sizeof(host->said), "%s", messages[i]->msg);
        }
    }
    *replies = reply;
    return PAM_SUCCESS;
}

static void
no_delay(int status, unsigned microseconds, void *data)
{
    (void)status;
    (void)microseconds;
    (void)data;
}

int
host_auth(struct host *host)
{
    struct pam_conv conv = {converse, host};
    void (*delay)(int, unsigned, void *) = no_delay;
    int rc = PAM_SYSTEM_ERR;

    host->prompts = 0;
    host->typed = 0;
    host->said[0] = '\0';
    host->pamh = NULL;
    rc = pam_start_confdir(host->service, host->user, &conv, host->confdir, &host->pamh);
    if (rc == PAM_SUCCESS) {
        /* The function itself, in the clothes of a pointer to data: pam_set_item(3). */
        rc = pam_set_item(host->pamh, PAM_FAIL_DELAY, *(void **)&delay);
    }
    return rc == PAM_SUCCESS ? pam_authenticate(host->pamh, 0) : rc;
}

int
host_account(struct host *host)
{
    return pam_acct_mgmt(host->pamh, 0);
}

int
host_open(struct host *host)
{
    int rc = pam_setcred(host->pamh, PAM_ESTABLISH_CRED);

    return rc == PAM_SUCCESS ? pam_open_session(host->pamh, 0) : rc;
}

int
host_close(struct host *host)
{
    return pam_close_session(host->pamh, 0);
}

void
host_end(struct host *host, int rc)
{
    if (host->pamh != NULL) {
        (void)pam_end(host->pamh, rc);
    }
    host->pamh = NULL;
}

int
host_login(struct host *host)
{
    int rc = host_auth(host);

    rc = rc == PAM_SUCCESS ? host_account(host) : rc;
    return rc == PAM_SUCCESS ? host_open(host) : rc;
}
