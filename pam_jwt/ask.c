#include "pam_jwt/ask.h"

#include "pam_jwt/deadline.h"
#include "pam_jwt/start.h"

#include <errno.h>
#include <sys/socket.h>

static pjwt_verdict
put(int talk, const struct pjwt_secret *message)
{
    ssize_t sent = -1;

    do {
        sent = send(talk, pjwt_secret_bytes(message), pjwt_secret_len(message),
                    MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (sent < 0 && errno == EINTR);
    /* A judge that ended at once gives EPIPE: it ran, and said nothing. */
    return sent == (ssize_t)pjwt_secret_len(message) ? PJWT_SAY(OK) : PJWT_SAY(JUDGE_SILENT);
}

/* One message into `message`, whose length is 0 at the end of the talk. */
static pjwt_verdict
get(int talk, const struct pjwt_deadline *deadline, struct pjwt_secret *message)
{
    ssize_t got = -1;

    if (!pjwt_deadline_wait(deadline, talk)) {
        return PJWT_SAY(JUDGE_LATE);
    }
    do {
        got = recv(talk, pjwt_secret_buffer(message), pjwt_secret_room(message),
                   MSG_DONTWAIT | MSG_TRUNC);
    } while (got < 0 && errno == EINTR);
    if (got < 0 && errno != ECONNRESET) { /* it died with our question unread */
        return PJWT_SAY(JUDGE_ANSWER);
    }
    if (got > (ssize_t)pjwt_secret_room(message)) {
        return PJWT_SAY(JUDGE_ANSWER);
    }
    pjwt_secret_set_len(message, got < 0 ? 0 : (size_t)got);
    return PJWT_SAY(OK);
}

/* One message and then the end: a surplus message is as bad as none. */
static pjwt_verdict
get_only(int talk, const struct pjwt_deadline *deadline, struct pjwt_secret *message)
{
    PJWT_AUTO(secret) struct pjwt_secret *surplus = pjwt_secret_new(0);

    if (surplus == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    PJWT_TRY(get(talk, deadline, message));
    if (pjwt_secret_len(message) == 0) {
        return PJWT_SAY(JUDGE_SILENT);
    }
    PJWT_TRY(get(talk, deadline, surplus));
    return pjwt_secret_len(surplus) == 0 ? PJWT_SAY(OK) : PJWT_SAY(JUDGE_ANSWER);
}

static pjwt_verdict
exchange(const struct pjwt_args *args, const struct pjwt_question *question,
         struct pjwt_answer *answer, bool *ran, struct pjwt_why *why)
{
    PJWT_AUTO(secret) struct pjwt_secret *asked = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *said = pjwt_secret_new(PJWT_ANSWER_MAX);
    PJWT_JUDGE_SCOPE struct pjwt_judge judge = PJWT_JUDGE_NONE;
    struct pjwt_deadline deadline = pjwt_deadline_in(PJWT_DEADLINE_MS);

    if (said == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    PJWT_TRY(pjwt_question_encode(question, &asked));
    PJWT_TRY(pjwt_judge_start(args, &deadline, &judge, why));
    *ran = true;
    PJWT_TRY(put(judge.talk, asked));
    PJWT_TRY(get_only(judge.talk, &deadline, said));
    /* A host that was stopped meanwhile finds the answer waiting; it is stale all the same. */
    if (pjwt_deadline_left(&deadline) == 0) {
        return PJWT_SAY(JUDGE_LATE);
    }
    return pjwt_answer_decode(pjwt_secret_bytes(said), pjwt_secret_len(said), question->ask,
                              answer);
}

void
pjwt_ask(const struct pjwt_args *args, const struct pjwt_question *question,
         struct pjwt_answer *answer)
{
    struct pjwt_answer said = {0};
    struct pjwt_why why = {""};
    bool ran = false;
    pjwt_verdict v = exchange(args, question, &said, &ran, &why);

    if (!pjwt_ok(v)) {
        said = (struct pjwt_answer){.verdict = v, .looked = ran};
        pjwt_report_name(said.why, sizeof(said.why), why.text);
    }
    *answer = said;
}
