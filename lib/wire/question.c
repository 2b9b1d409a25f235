#include "lib/wire/question.h"

#include "lib/wire/fields.h"
#include "lib/wire/grant.h"

#include <string.h>

#define DIRECTION 'q'
#define HEADS     512 /* bytes: more than the heads of all fields */

_Static_assert(HEADS + sizeof(struct pjwt_question) + PJWT_CREDENTIAL_MAX <= PJWT_WIRE_MAX,
               "what is encoded can be read");

enum tag {
    TAG_ASK = 1,
    TAG_TYPING,
    TAG_USER,
    TAG_RUSER,
    TAG_SERVICE,
    TAG_RHOST,
    TAG_TTY,
    TAG_ATTEMPT,
    TAG_LOGIN,
    TAG_SSH_KEY,
    TAG_TYPED
};

pjwt_verdict
pjwt_question_encode(const struct pjwt_question *question, struct pjwt_secret **message)
{
    size_t typed = question->typed == NULL ? 0 : pjwt_secret_len(question->typed);
    PJWT_AUTO(secret) struct pjwt_secret *m = NULL;
    struct pjwt_writer w = {0};

    if (typed > PJWT_CREDENTIAL_MAX) {
        return PJWT_SAY(QUESTION);
    }
    m = pjwt_secret_new(HEADS + sizeof(*question) + typed);
    if (m == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    pjwt_writer_start(&w, m, DIRECTION);
    pjwt_writer_number(&w, TAG_ASK, question->ask);
    pjwt_writer_number(&w, TAG_TYPING, question->typing);
    pjwt_writer_text(&w, TAG_USER, question->user);
    pjwt_writer_text(&w, TAG_RUSER, question->ruser);
    pjwt_writer_text(&w, TAG_SERVICE, question->service);
    pjwt_writer_text(&w, TAG_RHOST, question->rhost);
    pjwt_writer_text(&w, TAG_TTY, question->tty);
    pjwt_writer_text(&w, TAG_ATTEMPT, question->attempt);
    pjwt_writer_text(&w, TAG_LOGIN, question->login);
    pjwt_writer_text(&w, TAG_SSH_KEY, question->ssh_key);
    if (question->typed != NULL) {
        pjwt_writer_bytes(&w, TAG_TYPED, pjwt_secret_bytes(question->typed),
                          pjwt_secret_len(question->typed));
    }
    if (question->has_grant) {
        pjwt_grant_write(&w, &question->grant);
    }
    if (!pjwt_writer_end(&w)) {
        return PJWT_SAY(QUESTION);
    }
    *message = pjwt_take(m);
    return PJWT_SAY(OK);
}

/* Only `auth` brings a credential and an ssh key, only `account` a grant, only `open` and
 * `close` a login. */
static bool
consistent(const struct pjwt_question *q)
{
    switch (q->ask) {
    case PJWT_ASK_AUTH:
        return q->typed != NULL && !q->has_grant && q->login[0] == '\0';
    case PJWT_ASK_ACCOUNT:
        return q->typed == NULL && q->login[0] == '\0' && q->ssh_key[0] == '\0';
    case PJWT_ASK_OPEN:
        return q->typed == NULL && !q->has_grant && q->ssh_key[0] == '\0';
    case PJWT_ASK_CLOSE:
        return q->typed == NULL && !q->has_grant && q->ssh_key[0] == '\0' &&
               q->login[0] != '\0';
    default:
        return false;
    }
}

static pjwt_verdict
read_typed(struct pjwt_reader *r, struct pjwt_question *question)
{
    const void *typed = NULL;
    size_t len = 0;

    if (!pjwt_reader_bytes(r, TAG_TYPED, &typed, &len)) {
        return PJWT_SAY(OK);
    }
    if (len > PJWT_CREDENTIAL_MAX) {
        return PJWT_SAY(QUESTION);
    }
    question->typed = pjwt_secret_copy(typed, len);
    return question->typed == NULL ? PJWT_SAY(NO_MEMORY) : PJWT_SAY(OK);
}

pjwt_verdict
pjwt_question_decode(const void *bytes, size_t len, struct pjwt_question *question)
{
    struct pjwt_reader r = {0};
    int64_t ask = 0;
    int64_t typing = 0;

    memset(question, 0, sizeof(*question));
    if (len > PJWT_WIRE_MAX) {
        return PJWT_SAY(QUESTION);
    }
    pjwt_reader_start(&r, bytes, len, DIRECTION);
    ask = pjwt_reader_number(&r, TAG_ASK);
    typing = pjwt_reader_number(&r, TAG_TYPING);
    if (ask < PJWT_ASK_AUTH || ask > PJWT_ASK_CLOSE || typing < PJWT_TYPED_WHOLE ||
        typing > PJWT_TYPED_FOREIGN) {
        return PJWT_SAY(QUESTION);
    }
    question->ask = (enum pjwt_ask)ask;
    question->typing = (enum pjwt_typing)typing;
    pjwt_reader_text(&r, TAG_USER, question->user, sizeof(question->user));
    pjwt_reader_text(&r, TAG_RUSER, question->ruser, sizeof(question->ruser));
    pjwt_reader_text(&r, TAG_SERVICE, question->service, sizeof(question->service));
    pjwt_reader_text(&r, TAG_RHOST, question->rhost, sizeof(question->rhost));
    pjwt_reader_text(&r, TAG_TTY, question->tty, sizeof(question->tty));
    pjwt_reader_text(&r, TAG_ATTEMPT, question->attempt, sizeof(question->attempt));
    pjwt_reader_text(&r, TAG_LOGIN, question->login, sizeof(question->login));
    pjwt_reader_text(&r, TAG_SSH_KEY, question->ssh_key, sizeof(question->ssh_key));
    PJWT_TRY(read_typed(&r, question));
    if (!r.failed && r.left > 0) {
        question->has_grant = true;
        pjwt_grant_read(&r, &question->grant);
    }
    return pjwt_reader_done(&r) && consistent(question) ? PJWT_SAY(OK) : PJWT_SAY(QUESTION);
}

void
pjwt_question_clear(struct pjwt_question *question)
{
    pjwt_secret_free(question->typed);
    explicit_bzero(question, sizeof(*question));
}
