/* What does a service do with a credential? One login through libpam, phase by phase. */
#ifndef PJWT_BENCH_HOST_H
#define PJWT_BENCH_HOST_H

#include <security/pam_appl.h>
#include <stdbool.h>
#include <stddef.h>

#define HOST_CREDENTIAL_MAX 16384 /* bytes */
#define HOST_PART           500   /* characters of an answer that asks for one more */

struct host {
    /* in; borrowed */
    const char *confdir;
    const char *service;
    const char *user;
    size_t fits; /* a longer credential is typed in parts; 0: always in parts */
    char credential[HOST_CREDENTIAL_MAX + 1];
    /* out */
    unsigned prompts;
    char said[256]; /* the last message to the person */
    /* ours */
    pam_handle_t *pamh;
    size_t typed; /* the next part starts here */
};

/* Takes line `line` (from 0, round again after the last) of `file` as the credential. */
bool host_read(struct host *host, const char *file, size_t line);

/* Each returns what libpam said. host_auth() begins a transaction, host_end() ends it; a delay
 * after a failure is not waited for. */
int host_auth(struct host *host);
int host_account(struct host *host);
int host_open(struct host *host); /* credentials and session, as sshd does */
int host_close(struct host *host);
void host_end(struct host *host, int rc);

/* All three in a row; stops at the first that is no success. */
int host_login(struct host *host);

/* "AUTH_ERR", … */
const char *host_code(int rc);

/* CLOCK_MONOTONIC, which all processes share. */
double host_microseconds(void);

#endif
