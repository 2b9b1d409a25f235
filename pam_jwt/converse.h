/* What did the person type? One prompt, or several when the token is longer than a prompt. */
#ifndef PJWT_PAM_CONVERSE_H
#define PJWT_PAM_CONVERSE_H

#include "lib/base/secret.h"
#include "lib/wire/question.h"

#include <security/pam_modules.h>

#define PJWT_PART_LEN \
    500 /* characters: an answer of exactly this length asks for another part */
#define PJWT_PARTS_MAX 40

struct pjwt_typed {
    struct pjwt_secret *credential; /* the parts joined; owned */
    enum pjwt_typing typing;
    int parts;
    bool cut; /* an answer was as long as a client's limit, so it was probably cut */
};

/* Asks, with echo off; the same prompts for every user. Only the length of an answer decides
 * whether there is another. `typed->credential` is owned by the caller. Reasons: CONVERSATION
 * (it failed, or gave NULL), NO_MEMORY. */
pjwt_verdict pjwt_converse(pam_handle_t *pamh, struct pjwt_typed *typed) PJWT_MUST_USE;

#endif
