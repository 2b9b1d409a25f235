/* What does the judge say? One bounded, versioned message. */
#ifndef PJWT_WIRE_ANSWER_H
#define PJWT_WIRE_ANSWER_H

#include "lib/base/grant.h"
#include "lib/base/report.h"
#include "lib/base/secret.h"
#include "lib/wire/question.h"

#define PJWT_ANSWER_MAX  8192 /* bytes of the longest answer */
#define PJWT_WORDS_MAX   256  /* bytes of the sentence for the person, with the NUL */
#define PJWT_TICKET_PATH 1024 /* bytes of an absolute path, with the NUL */

struct pjwt_answer {
    pjwt_verdict verdict;
    bool looked;    /* the credential was looked at: one PAM code from here on */
    bool authentic; /* issuer, kid and id below are proved */
    char issuer[PJWT_SECTION_MAX];
    char kid[PJWT_NAME_MAX];
    char id[PJWT_NAME_MAX];
    char why[PJWT_WHY_MAX];             /* for the log */
    char words[PJWT_WORDS_MAX];         /* for the person; "" when there is nothing to say */
    char login[PJWT_LOGIN_SIZE];        /* of auth: for `open`; of open: for `close` */
    char ticket_file[PJWT_TICKET_PATH]; /* of open: where the login's own ticket lies; or "" */
    bool has_grant;
    struct pjwt_grant grant;
};

/* Reasons: JUDGE_ANSWER, NO_MEMORY. `*message` is owned by the caller. */
pjwt_verdict pjwt_answer_encode(const struct pjwt_answer *answer,
                                struct pjwt_secret **message) PJWT_MUST_USE;
/* `*answer` is meaningful on OK alone. An accepting answer to `auth` without a grant is
 * malformed. */
pjwt_verdict pjwt_answer_decode(const void *bytes, size_t len, enum pjwt_ask asked,
                                struct pjwt_answer *answer) PJWT_MUST_USE;

#endif
