#include "helper/judge/judge.h"

#include "helper/judge/remember.h"
#include "helper/judge/settle.h"
#include "helper/process/stat.h"
#include "helper/world.h"
#include "lib/login.h"
#include "lib/wire/words.h"

#include <string.h>

_Static_assert(PJWT_TICKET_PATH == PJWT_TICKET_FILE_MAX, "lib/ writes into the answer's field");

/* What stands ready before the credential is looked at. */
struct bench {
    struct pjwt_config *config; /* owned */
    struct pjwt_store *store;   /* owned */
};

/* A clock that was set back would make good again what has ended. What rests on no credential
 * is checked against revocations alone, and a clock that is behind lets none of those go: so
 * root's ssh key still gets in to set it right. */
static bool
rests_on_time(const struct pjwt_question *question)
{
    return question->ask == PJWT_ASK_AUTH || question->has_grant ||
           (question->ask == PJWT_ASK_OPEN && question->login[0] != '\0');
}

static pjwt_verdict
prepare(const char *path, const struct pjwt_question *question, const struct pjwt_clock *clock,
        struct bench *bench, struct pjwt_why *why)
{
    PJWT_TRY(pjwt_settle(why));
    PJWT_TRY(pjwt_config_load(path, &bench->config, why));
    if (pjwt_config_service(bench->config, question->service) == NULL) {
        pjwt_why_set(why, "%s has no [service] section for it", path);
        return PJWT_SAY(SERVICE_NONE);
    }
    PJWT_TRY(pjwt_store_open(bench->config->state, &bench->store, why));
    return rests_on_time(question) ? pjwt_clock_check(bench->store, clock, why) : PJWT_SAY(OK);
}

/* How typing ended is told only now that config and store are known to be good. */
static pjwt_verdict
typed_whole(const struct pjwt_question *question, struct pjwt_report *report)
{
    report->looked = true;
    switch (question->typing) {
    case PJWT_TYPED_WHOLE:
        return PJWT_SAY(OK);
    case PJWT_TYPED_REPEATED:
        return PJWT_SAY(PART_REPEATED);
    case PJWT_TYPED_FOREIGN:
        return PJWT_SAY(FIRST_PASS);
    default:
        return PJWT_SAY(TOO_LONG);
    }
}

static pjwt_verdict
decide(const struct bench *bench, const struct pjwt_question *question,
       const struct pjwt_scene *scene, struct pjwt_answer *answer, struct pjwt_report *report)
{
    switch (question->ask) {
    case PJWT_ASK_AUTH:
        PJWT_TRY(typed_whole(question, report));
        PJWT_TRY(pjwt_login(bench->config, bench->store, scene, question->typed, &answer->grant,
                            answer->login, report));
        answer->has_grant = true;
        return PJWT_SAY(OK);
    case PJWT_ASK_ACCOUNT:
        return pjwt_account(bench->config, bench->store, scene,
                            question->has_grant ? &question->grant : NULL, report);
    case PJWT_ASK_OPEN:
        return pjwt_open(bench->config, bench->store, scene, question->login, answer->login,
                         answer->ticket_file, report);
    case PJWT_ASK_CLOSE:
        return pjwt_close(bench->config, bench->store, scene, question->login, report);
    default:
        return PJWT_SAY(QUESTION);
    }
}

static void
write_answer(pjwt_verdict v, const struct pjwt_question *question, int64_t now,
             const struct pjwt_report *report, struct pjwt_answer *answer)
{
    answer->verdict = v;
    answer->looked = report->looked;
    answer->authentic = report->authentic;
    pjwt_report_name(answer->issuer, sizeof(answer->issuer), report->issuer);
    pjwt_report_name(answer->kid, sizeof(answer->kid), report->kid);
    pjwt_report_name(answer->id, sizeof(answer->id), report->id);
    pjwt_report_name(answer->why, sizeof(answer->why), report->why.text);
    pjwt_words(v, report, question->attempt, now, answer->words, sizeof(answer->words));
}

/* Beside an acceptance, for who is at the prompt. */
static void
write_notice(const struct bench *bench, const char *service, int64_t now,
             struct pjwt_answer *answer)
{
    const struct pjwt_service *here = NULL;

    if (!pjwt_ok(answer->verdict) || !answer->has_grant) {
        return; /* there may be no config at all */
    }
    here = pjwt_config_service(bench->config, service);
    if (here != NULL) {
        pjwt_words_ending(&answer->grant, here->warn_before, now, answer->words,
                          sizeof(answer->words));
    }
}

void
pjwt_judge(const char *config, const struct pjwt_question *question,
           const struct pjwt_asker *asker, struct pjwt_answer *answer)
{
    /* Given back by the end of the process, which is due now and quicker at it. */
    static struct bench bench;
    struct pjwt_report report = {0};
    struct pjwt_clock clock = {0};
    char boot[PJWT_BOOT_SIZE];
    struct pjwt_scene scene = {
        .clock = &clock,
        .user = question->user,
        .ruser = question->ruser,
        .service = question->service,
        .rhost = question->rhost,
        .ssh_auth_info = question->ssh_key,
        .tty = question->tty,
        .boot = boot,
        .living = pjwt_process_living(),
        .asker = asker,
    };
    pjwt_verdict v = PJWT_SAY(UNSET);

    *answer = (struct pjwt_answer){0};
    pjwt_process_boot(boot);
    pjwt_world_open(config);
    pjwt_world_clock(&clock);
    scene.now = clock.now;
    scene.users = pjwt_world_users();
    v = prepare(config, question, &clock, &bench, &report.why);
    if (pjwt_ok(v)) {
        v = decide(&bench, question, &scene, answer, &report);
        v = pjwt_store_explain(bench.store, v, &report.why);
    }
    write_answer(v, question, scene.now, &report, answer);
    write_notice(&bench, question->service, scene.now, answer);
    /* Before it is sent: whoever has the answer may end us. */
    pjwt_remember(config, bench.config, question, answer, scene.now);
}
