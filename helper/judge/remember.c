#include "helper/judge/remember.h"

#include "lib/store/refusals.h"

#include <string.h>

static const char *
phase_of(enum pjwt_ask ask)
{
    switch (ask) {
    case PJWT_ASK_AUTH:
        return "auth";
    case PJWT_ASK_ACCOUNT:
        return "account";
    case PJWT_ASK_OPEN:
    case PJWT_ASK_CLOSE:
        return "session";
    }
    return "";
}

/* A judge that its caller still has a hold on (PROCESS) writes nothing and takes no lock. */
static bool
worth_keeping(pjwt_verdict v)
{
    return !pjwt_ok(v) && pjwt_class_of(v) != PJWT_CLASS_ABSTAIN && v.reason != PJWT_PROCESS;
}

void
pjwt_remember(const char *path, const struct pjwt_config *config,
              const struct pjwt_question *question, const struct pjwt_answer *answer,
              int64_t now)
{
    const char *run = config != NULL                   ? config->run
                      : strcmp(path, PJWT_CONFIG) == 0 ? PJWT_RUN
                                                       : NULL;
    struct pjwt_refusal refusal = {.at = now,
                                   .verdict = answer->verdict,
                                   .authentic = answer->authentic,
                                   .phase = phase_of(question->ask),
                                   .user = question->user,
                                   .service = question->service,
                                   .rhost = question->rhost,
                                   .issuer = answer->issuer,
                                   .kid = answer->kid,
                                   .id = answer->id,
                                   .attempt = question->attempt,
                                   .why = answer->why};

    if (run != NULL && worth_keeping(answer->verdict)) {
        pjwt_refusals_keep(run, &refusal);
    }
}
