#include "lib/wire/answer.h"

#include "lib/wire/fields.h"
#include "lib/wire/grant.h"

#include <string.h>

#define DIRECTION 'a'

_Static_assert(sizeof(struct pjwt_answer) + 512 <= PJWT_ANSWER_MAX, "with every field's head");

enum tag {
    TAG_CODE =
        1, /* the reason's stable code, so that builds with other rows understand each other */
    TAG_LOOKED,
    TAG_AUTHENTIC,
    TAG_ISSUER,
    TAG_KID,
    TAG_ID,
    TAG_WHY,
    TAG_WORDS,
    TAG_LOGIN,
    TAG_TICKET_FILE
};

pjwt_verdict
pjwt_answer_encode(const struct pjwt_answer *answer, struct pjwt_secret **message)
{
    PJWT_AUTO(secret) struct pjwt_secret *m = pjwt_secret_new(PJWT_ANSWER_MAX);
    struct pjwt_writer w = {0};

    if (m == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    pjwt_writer_start(&w, m, DIRECTION);
    pjwt_writer_text(&w, TAG_CODE, pjwt_code(answer->verdict));
    pjwt_writer_number(&w, TAG_LOOKED, answer->looked);
    pjwt_writer_number(&w, TAG_AUTHENTIC, answer->authentic);
    pjwt_writer_text(&w, TAG_ISSUER, answer->issuer);
    pjwt_writer_text(&w, TAG_KID, answer->kid);
    pjwt_writer_text(&w, TAG_ID, answer->id);
    pjwt_writer_text(&w, TAG_WHY, answer->why);
    pjwt_writer_text(&w, TAG_WORDS, answer->words);
    pjwt_writer_text(&w, TAG_LOGIN, answer->login);
    pjwt_writer_text(&w, TAG_TICKET_FILE, answer->ticket_file);
    if (answer->has_grant) {
        pjwt_grant_write(&w, &answer->grant);
    }
    if (!pjwt_writer_end(&w)) {
        return PJWT_SAY(JUDGE_ANSWER);
    }
    *message = pjwt_take(m);
    return PJWT_SAY(OK);
}

/* Accepting `auth` needs what the login rests on; nothing else may bring it. */
static bool
consistent(const struct pjwt_answer *a, enum pjwt_ask asked)
{
    bool accepted_auth = asked == PJWT_ASK_AUTH && pjwt_ok(a->verdict);

    if (a->verdict.reason == PJWT_UNSET || a->has_grant != accepted_auth) {
        return false;
    }
    if (a->ticket_file[0] != '\0' &&
        (asked != PJWT_ASK_OPEN || !pjwt_ok(a->verdict) || a->ticket_file[0] != '/')) {
        return false;
    }
    return !accepted_auth || (a->looked && a->authentic);
}

/* One spelling: 1, or left out. */
static bool
read_flag(struct pjwt_reader *r, uint8_t tag)
{
    int64_t number = pjwt_reader_number(r, tag);

    r->failed = r->failed || (number != 0 && number != 1);
    return number == 1;
}

pjwt_verdict
pjwt_answer_decode(const void *bytes, size_t len, enum pjwt_ask asked,
                   struct pjwt_answer *answer)
{
    struct pjwt_answer a = {0};
    struct pjwt_reader r = {0};
    char code[32] = "";

    if (len > PJWT_ANSWER_MAX) {
        return PJWT_SAY(JUDGE_ANSWER);
    }
    pjwt_reader_start(&r, bytes, len, DIRECTION);
    pjwt_reader_text(&r, TAG_CODE, code, sizeof(code));
    a.verdict = pjwt_verdict_from_code(code);
    a.looked = read_flag(&r, TAG_LOOKED);
    a.authentic = read_flag(&r, TAG_AUTHENTIC);
    pjwt_reader_text(&r, TAG_ISSUER, a.issuer, sizeof(a.issuer));
    pjwt_reader_text(&r, TAG_KID, a.kid, sizeof(a.kid));
    pjwt_reader_text(&r, TAG_ID, a.id, sizeof(a.id));
    pjwt_reader_text(&r, TAG_WHY, a.why, sizeof(a.why));
    pjwt_reader_text(&r, TAG_WORDS, a.words, sizeof(a.words));
    pjwt_reader_text(&r, TAG_LOGIN, a.login, sizeof(a.login));
    pjwt_reader_text(&r, TAG_TICKET_FILE, a.ticket_file, sizeof(a.ticket_file));
    if (!r.failed && r.left > 0) {
        a.has_grant = true;
        pjwt_grant_read(&r, &a.grant);
    }
    if (!pjwt_reader_done(&r) || !consistent(&a, asked)) {
        return PJWT_SAY(JUDGE_ANSWER);
    }
    *answer = a;
    return PJWT_SAY(OK);
}
