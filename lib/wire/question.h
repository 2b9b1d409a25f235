/* What does the module ask? One bounded, versioned message. */
#ifndef PJWT_WIRE_QUESTION_H
#define PJWT_WIRE_QUESTION_H

#include "lib/base/grant.h"
#include "lib/base/own.h"
#include "lib/base/secret.h"

#include <stdbool.h>
#include <stddef.h>

#define PJWT_WIRE_MAX 32768 /* bytes of the longest question */
#define PJWT_WIRE_NAME \
    256 /* bytes of a user, service, rhost or tty, with the NUL; the asker cuts */
#define PJWT_ATTEMPT_SIZE \
    13 /* 12 hex digits and a NUL: in the log and in what the person is told */
#define PJWT_LOGIN_SIZE 33 /* the id that crosses from auth to open; "" when there is none */

#define PJWT_SSH_KEY_MAX 8193 /* bytes of SSH_AUTH_INFO_0 that are asked with, with the NUL */

enum pjwt_ask {
    PJWT_ASK_AUTH = 1,
    PJWT_ASK_ACCOUNT = 2,
    PJWT_ASK_OPEN = 3,
    PJWT_ASK_CLOSE = 4
};

/* How typing ended. It goes to the judge, because what is wrong with the credential may not be
 * told before config and store are known to be good. */
enum pjwt_typing {
    PJWT_TYPED_WHOLE = 0,
    PJWT_TYPED_TOO_LONG = 1,
    PJWT_TYPED_REPEATED = 2,
    PJWT_TYPED_FOREIGN = 3 /* what another module asked for is no token and no ticket; it stays
                              with us */
};

struct pjwt_question {
    enum pjwt_ask ask;
    enum pjwt_typing typing;
    char user[PJWT_WIRE_NAME];
    char ruser[PJWT_WIRE_NAME];
    char service[PJWT_WIRE_NAME];
    char rhost[PJWT_WIRE_NAME];
    char tty[PJWT_WIRE_NAME];
    char attempt[PJWT_ATTEMPT_SIZE];
    char login[PJWT_LOGIN_SIZE];    /* open and close alone */
    char ssh_key[PJWT_SSH_KEY_MAX]; /* auth alone: SSH_AUTH_INFO_0, in service sshd */
    struct pjwt_secret *typed;      /* auth alone; owned */
    bool has_grant;                 /* account alone */
    struct pjwt_grant grant;
};

/* Both fail whole. `*message` is owned by the caller. Reasons: QUESTION, NO_MEMORY. */
pjwt_verdict pjwt_question_encode(const struct pjwt_question *question,
                                  struct pjwt_secret **message) PJWT_MUST_USE;
/* `bytes` is borrowed; release `*question` with pjwt_question_clear() whatever the verdict. */
pjwt_verdict pjwt_question_decode(const void *bytes, size_t len,
                                  struct pjwt_question *question) PJWT_MUST_USE;

/* Wipes what it holds and releases the credential. */
void pjwt_question_clear(struct pjwt_question *question);

#define PJWT_QUESTION_SCOPE __attribute__((cleanup(pjwt_question_clear)))

#endif
