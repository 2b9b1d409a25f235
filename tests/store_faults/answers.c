#include "tests/store_faults/answers.h"

#include "tests/store_faults/operations.h"

#include "lib/store/replay.h"
#include "lib/store/revocations.h"

#include <stdio.h>
#include <string.h>

/* A refusal of the store itself must say in its line what is wrong. */
enum story_end
answers_refused(pjwt_verdict v, const struct pjwt_why *why, struct pjwt_why *words)
{
    static const enum pjwt_reason known[] = {
        PJWT_STORE_MISSING, PJWT_STORE_UNREAD, PJWT_STORE_DAMAGED,
        PJWT_STORE_BEHIND,  PJWT_STORE_SCHEMA, PJWT_STORE_FULL,
    };

    pjwt_why_set(words, "%s: %s", pjwt_code(v), why->text);
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (v.reason == known[i] && why->text[0] != '\0') {
            return STORY_REFUSED;
        }
    }
    return STORY_WRONG;
}

static pjwt_verdict
ask_ticket(struct pjwt_store *store, const char *text, struct pjwt_report *report)
{
    PJWT_AUTO(secret) struct pjwt_secret *typed = pjwt_secret_copy(text, strlen(text));
    struct pjwt_grant grant;

    PJWT_TRY(pjwt_ticket_check(store, typed, "sshd", "", STORY_NOW, &grant, report));
    return pjwt_revocation_check(store, &grant, STORY_NOW, report);
}

static pjwt_verdict
ask_jti(struct pjwt_store *store, const char *jti, struct pjwt_report *report)
{
    struct pjwt_grant grant = {.user = "alice", .iss = OPERATION_ISS};

    (void)snprintf(grant.jti, sizeof(grant.jti), "%s", jti);
    return pjwt_revocation_check(store, &grant, STORY_NOW, report);
}

static pjwt_verdict
ask_token(struct pjwt_store *store, const struct story_fact *fact, struct pjwt_report *report)
{
    struct pjwt_grant token;

    operation_token(fact, &token);
    return pjwt_replay_check(store, &token, report);
}

/* What the store says, explained where it refuses. */
static pjwt_verdict
explained(struct pjwt_store *store, pjwt_verdict v, struct pjwt_report *report)
{
    v = pjwt_store_explain(store, v, &report->why);
    if (pjwt_class_of(v) == PJWT_CLASS_STORE && report->why.text[0] == '\0') {
        pjwt_why_set(&report->why, "%s", pjwt_text(v)); /* a handoff has no report */
    }
    return v;
}

/* `v` is `wanted`, a refusal of the store, or wrong. */
static enum story_end
judge(pjwt_verdict v, pjwt_verdict wanted, const char *what, const struct pjwt_report *report,
      struct pjwt_why *words)
{
    if (v.reason == wanted.reason) {
        return STORY_RIGHT;
    }
    if (pjwt_class_of(v) == PJWT_CLASS_STORE) {
        return answers_refused(v, &report->why, words);
    }
    pjwt_why_set(words, "%s: %s, not %s", what, pjwt_code(v), pjwt_code(wanted));
    return STORY_WRONG;
}

/* What the store says of one fact that was acknowledged, and what it must say. */
static pjwt_verdict
ask(struct pjwt_store *store, const struct story *story, const struct story_fact *fact,
    pjwt_verdict *wanted, struct pjwt_report *report)
{
    const char *of = story->fact[fact->of].text;

    *wanted = PJWT_SAY(OK);
    switch (fact->kind) {
    case STORY_ISSUE:
    case STORY_RENEW:
    case STORY_EXCHANGE:
        return ask_ticket(store, fact->text, report);
    case STORY_REVOKE:
        *wanted = PJWT_SAY(TICKET_REVOKED);
        return ask_ticket(store, of, report);
    case STORY_JTI:
        *wanted = PJWT_SAY(JTI_REVOKED);
        return ask_jti(store, fact->text, report);
    case STORY_BLOCK:
        *wanted = PJWT_SAY(USER_BLOCKED);
        return pjwt_revocation_check_user(store, fact->text, STORY_NOW, report);
    case STORY_SPEND:
        *wanted = PJWT_SAY(LOGIN_UNKNOWN);
        return operation_take(store, of);
    case STORY_UNDO:
        return ask_jti(store, of, report);
    case STORY_UNBLOCK:
        return pjwt_revocation_check_user(store, of, STORY_NOW, report);
    case STORY_LOGIN: /* to take it would change it */
    case STORY_PRUNE: /* what must still be there is another fact */
        break;
    }
    return PJWT_SAY(OK);
}

/* What else an acknowledgement says: the old secret is good no more, nor is the token. */
static pjwt_verdict
ask_left(struct pjwt_store *store, const struct story *story, const struct story_fact *fact,
         pjwt_verdict *wanted, struct pjwt_report *report)
{
    *wanted = PJWT_SAY(OK);
    if (fact->kind == STORY_RENEW) {
        *wanted = PJWT_SAY(TICKET_UNKNOWN);
        return ask_ticket(store, story->fact[fact->of].text, report);
    }
    if (fact->kind == STORY_EXCHANGE) {
        *wanted = PJWT_SAY(REPLAYED);
        return ask_token(store, fact, report);
    }
    return PJWT_SAY(OK);
}

/* Nobody was told how these ended: wholly or not at all. `before` is what is good without it,
 * `after` what is good with it: one of the two. */
static enum story_end
one_of_two(struct pjwt_store *store, const struct story *story, const struct story_fact *fact,
           struct pjwt_why *words)
{
    struct pjwt_report report = {0};
    pjwt_verdict after = ask_ticket(store, fact->text, &report);
    pjwt_verdict before = PJWT_SAY(UNSET);

    after = explained(store, after, &report);
    if (pjwt_class_of(after) == PJWT_CLASS_STORE) {
        return answers_refused(after, &report.why, words);
    }
    before = fact->kind == STORY_RENEW ? ask_ticket(store, story->fact[fact->of].text, &report)
                                       : ask_token(store, fact, &report);
    before = explained(store, before, &report);
    if (pjwt_class_of(before) == PJWT_CLASS_STORE) {
        return answers_refused(before, &report.why, words);
    }
    pjwt_why_set(words, "%s, not told how it ended: what it takes is %s, what it makes is %s",
                 operation_name(fact->kind), pjwt_code(before), pjwt_code(after));
    return pjwt_ok(before) != pjwt_ok(after) ? STORY_RIGHT : STORY_WRONG;
}

enum story_end
answers_check(const struct story *story, size_t at, bool ended, struct pjwt_store *store,
              struct pjwt_why *words)
{
    const struct story_fact *fact = &story->fact[at];
    struct pjwt_report report = {0};
    pjwt_verdict wanted = PJWT_SAY(UNSET);
    pjwt_verdict v = PJWT_SAY(UNSET);
    enum story_end end = STORY_RIGHT;

    if (fact->state == STORY_BEGUN &&
        (fact->kind == STORY_RENEW || fact->kind == STORY_EXCHANGE)) {
        return one_of_two(store, story, fact, words);
    }
    if (fact->state != STORY_ACKNOWLEDGED) {
        return STORY_RIGHT;
    }
    if (!ended) { /* what ends it is asked for itself, if it was acknowledged */
        v = explained(store, ask(store, story, fact, &wanted, &report), &report);
        end = judge(v, wanted, operation_name(fact->kind), &report, words);
    }
    if (end != STORY_RIGHT) {
        return end;
    }
    v = explained(store, ask_left(store, story, fact, &wanted, &report), &report);
    return judge(v, wanted, operation_name(fact->kind), &report, words);
}
