/* What does libpam call? The five entry points, each the story of its phase. */
#define PAM_SM_AUTH
#define PAM_SM_ACCOUNT
#define PAM_SM_SESSION
#define PAM_SM_PASSWORD

#include "lib/wire/words.h"
#include "pam_jwt/args.h"
#include "pam_jwt/ask.h"
#include "pam_jwt/attempt.h"
#include "pam_jwt/codes.h"
#include "pam_jwt/logline.h"
#include "pam_jwt/memory.h"
#include "pam_jwt/scene.h"

#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <syslog.h>

#define ENTRY         __attribute__((visibility("default")))
#define FAIL_DELAY_US 1000000u /* a token cannot be guessed; this only slows the noise down */

/* A refusal that needs no judge. */
static void
refuse(struct pjwt_answer *answer, pjwt_verdict v, const struct pjwt_why *why)
{
    *answer = (struct pjwt_answer){.verdict = v};
    pjwt_report_name(answer->why, sizeof(answer->why), why->text);
}

/* sudo prints PAM_TEXT_INFO on standard output, so everything is said as an error. */
static void
tell(pam_handle_t *pamh, int flags, const struct pjwt_question *q, struct pjwt_answer *a)
{
    if (((unsigned)flags & PAM_SILENT) != 0 || (pjwt_ok(a->verdict) && a->words[0] == '\0') ||
        pjwt_class_of(a->verdict) == PJWT_CLASS_ABSTAIN ||
        pjwt_class_of(a->verdict) == PJWT_CLASS_TALK) { /* there is nobody to listen */
        return;
    }
    if (a->words[0] == '\0') {
        pjwt_words_generic(q->attempt, a->words, sizeof(a->words));
    }
    (void)pam_error(pamh, "%s", a->words);
}

static void
note_debug(pam_handle_t *pamh, const struct pjwt_args *args, enum pjwt_ask ask)
{
    if (args->debug) {
        pam_syslog(pamh, LOG_DEBUG, "question %d: config=%s verify=%s", (int)ask,
                   args->config == NULL ? "(built in)" : args->config, args->verify);
    }
}

/* Who asks, and with which arguments? The log line needs the first even when the second is
 * wrong. */
static pjwt_verdict
start(pam_handle_t *pamh, enum pjwt_ask ask, int argc, const char **argv,
      struct pjwt_question *question, struct pjwt_args *args, struct pjwt_why *why)
{
    PJWT_TRY(pjwt_scene_fill(pamh, ask, question));
    PJWT_TRY(pjwt_args_parse(argc, argv, args, why));
    note_debug(pamh, args, ask);
    return pjwt_scene_user(pamh, question);
}

/* The login is remembered before it is granted: one that account and session could not check is
 * none. */
static void
remember(pam_handle_t *pamh, struct pjwt_answer *answer)
{
    if (!pjwt_ok(answer->verdict)) {
        return;
    }
    if (!pjwt_memory_keep(pamh, &answer->grant) || !pjwt_memory_hand_on(pamh, answer->login)) {
        pjwt_memory_clear(pamh);
        answer->verdict = PJWT_SAY(NO_MEMORY);
    }
}

ENTRY int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    PJWT_QUESTION_SCOPE struct pjwt_question question = {0};
    struct pjwt_answer answer = {0};
    struct pjwt_args args = {0};
    struct pjwt_why why = {""};
    const char *hint = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_memory_clear(pamh);
    (void)pam_fail_delay(pamh, FAIL_DELAY_US);
    v = start(pamh, PJWT_ASK_AUTH, argc, argv, &question, &args, &why);
    if (pjwt_ok(v)) {
        pjwt_attempt(pamh, &args, &question, &answer, &hint);
    } else {
        refuse(&answer, v, &why);
    }
    remember(pamh, &answer);
    pjwt_logline(pamh, &question, &answer, hint);
    tell(pamh, flags, &question, &answer);
    return pjwt_code_auth(&answer);
}

/* Account and session: no prompt, one question. */
static void
check(pam_handle_t *pamh, enum pjwt_ask ask, int argc, const char **argv,
      struct pjwt_question *question, struct pjwt_answer *answer)
{
    const struct pjwt_grant *grant = pjwt_memory_grant(pamh);
    struct pjwt_args args = {0};
    struct pjwt_why why = {""};
    pjwt_verdict v = start(pamh, ask, argc, argv, question, &args, &why);

    if (!pjwt_ok(v)) {
        refuse(answer, v, &why);
        return;
    }
    if (ask == PJWT_ASK_ACCOUNT && grant != NULL) {
        question->has_grant = true;
        question->grant = *grant;
    } else if (ask == PJWT_ASK_OPEN) {
        pjwt_memory_take(pamh, question->login);
    }
    pjwt_ask(&args, question, answer);
}

ENTRY int
pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    PJWT_QUESTION_SCOPE struct pjwt_question question = {0};
    struct pjwt_answer answer = {0};

    check(pamh, PJWT_ASK_ACCOUNT, argc, argv, &question, &answer);
    pjwt_logline(pamh, &question, &answer, NULL);
    tell(pamh, flags, &question, &answer);
    return pjwt_code_account(&answer);
}

ENTRY int
pam_sm_open_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    PJWT_QUESTION_SCOPE struct pjwt_question question = {0};
    struct pjwt_answer answer = {0};

    check(pamh, PJWT_ASK_OPEN, argc, argv, &question, &answer);
    if ((answer.login[0] != '\0' && !pjwt_memory_open(pamh, answer.login)) ||
        !pjwt_memory_ticket(pamh, answer.ticket_file)) {
        answer.verdict = PJWT_SAY(NO_MEMORY);
    }
    pjwt_logline(pamh, &question, &answer, NULL);
    tell(pamh, flags, &question, &answer);
    return pjwt_code_session(&answer);
}

/* The session ends, whatever the judge says: a row that stays is found stale when this process
 * has ended. */
ENTRY int
pam_sm_close_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    PJWT_QUESTION_SCOPE struct pjwt_question question = {0};
    struct pjwt_answer answer = {0};
    struct pjwt_args args = {0};
    struct pjwt_why why = {""};

    (void)flags;
    pjwt_memory_close(pamh, question.login);
    if (question.login[0] != '\0' &&
        pjwt_ok(start(pamh, PJWT_ASK_CLOSE, argc, argv, &question, &args, &why))) {
        pjwt_ask(&args, &question, &answer);
    }
    return PAM_SUCCESS;
}

/* We hand out no credentials; PAM_IGNORE here would break good logins in stacks that end in
 * pam_deny. */
ENTRY int
pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    (void)pamh;
    (void)flags;
    (void)argc;
    (void)argv;
    return PAM_SUCCESS;
}

/* A token is not ours to change. */
ENTRY int
pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    (void)pamh;
    (void)flags;
    (void)argc;
    (void)argv;
    return PAM_PERM_DENIED;
}
