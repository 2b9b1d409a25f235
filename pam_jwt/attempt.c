#include "pam_jwt/attempt.h"

#include "pam_jwt/ask.h"
#include "pam_jwt/converse.h"
#include "pam_jwt/first_pass.h"
#include "pam_jwt/logline.h"
#include "pam_jwt/scene.h"

/* What was typed goes to the judge, and is the question's from then on. */
static void
put(const struct pjwt_args *args, struct pjwt_question *question, struct pjwt_typed *typed,
    struct pjwt_answer *answer, const char **hint)
{
    pjwt_drop_secret(&question->typed);
    question->typed = pjwt_take(typed->credential);
    question->typing = typed->typing;
    pjwt_ask(args, question, answer);
    if (typed->cut && !pjwt_ok(answer->verdict)) {
        *hint = "the-client-probably-cut-the-token:use-pamjwt-askpass";
    }
}

static void
prompt(pam_handle_t *pamh, const struct pjwt_args *args, struct pjwt_question *question,
       struct pjwt_answer *answer, const char **hint)
{
    PJWT_TYPED_SCOPE struct pjwt_typed typed = {0};
    pjwt_verdict v = pjwt_converse(pamh, &typed);

    if (!pjwt_ok(v)) {
        *answer = (struct pjwt_answer){.verdict = v};
        return;
    }
    put(args, question, &typed, answer, hint);
}

/* Tries what another module asked for; returns whether that is the end of it. What is no
 * credential is asked about all the same, without a byte of it: sshd replaces what is typed for
 * a user that it does not admit, and the time until our prompt must not tell. */
static bool
first_pass(pam_handle_t *pamh, const struct pjwt_args *args, struct pjwt_question *question,
           struct pjwt_answer *answer, const char **hint)
{
    PJWT_TYPED_SCOPE struct pjwt_typed typed = {0};
    pjwt_verdict v = pjwt_first_pass(pamh, &typed);

    if (!pjwt_ok(v)) {
        *answer = (struct pjwt_answer){.verdict = v};
        return true;
    }
    if (typed.parts == 0 && args->first_pass == PJWT_FIRST_PASS_TRY) {
        return false;
    }
    put(args, question, &typed, answer, hint);
    return args->first_pass == PJWT_FIRST_PASS_USE || pjwt_ok(answer->verdict) ||
           !answer->looked; /* config or store are broken: no other credential mends them */
}

/* The one that is refused, before another is asked for. A password is none of ours to judge. */
static pjwt_verdict
begin_again(pam_handle_t *pamh, struct pjwt_question *question, struct pjwt_answer *answer,
            const char **hint)
{
    if (question->typed != NULL && question->typing != PJWT_TYPED_FOREIGN) {
        pjwt_logline(pamh, question, answer, *hint);
    }
    *hint = NULL;
    *answer = (struct pjwt_answer){0};
    return pjwt_scene_name_attempt(question->attempt);
}

void
pjwt_attempt(pam_handle_t *pamh, const struct pjwt_args *args, struct pjwt_question *question,
             struct pjwt_answer *answer, const char **hint)
{
    pjwt_verdict v = PJWT_SAY(OK);

    if (args->first_pass != PJWT_FIRST_PASS_NONE) {
        if (first_pass(pamh, args, question, answer, hint)) {
            return;
        }
        v = begin_again(pamh, question, answer, hint);
    }
    if (!pjwt_ok(v)) {
        *answer = (struct pjwt_answer){.verdict = v};
        return;
    }
    prompt(pamh, args, question, answer, hint);
}
