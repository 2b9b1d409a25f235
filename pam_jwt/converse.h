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

/* Wipes and releases the credential. */
void pjwt_typed_clear(struct pjwt_typed *typed);

#define PJWT_TYPED_SCOPE __attribute__((cleanup(pjwt_typed_clear)))

/* Is that length a client's limit? ssh cuts an answer to 1023 characters without a word, a
 * terminal to 4095. */
bool pjwt_looks_cut(size_t len);

/* Asks, with echo off; the same prompts for every user. Only the length of an answer decides
 * whether there is another. `typed->credential` is owned by the caller. Reasons: CONVERSATION
 * (it failed, or gave NULL), NO_MEMORY. */
pjwt_verdict pjwt_converse(pam_handle_t *pamh, struct pjwt_typed *typed) PJWT_MUST_USE;

#endif
