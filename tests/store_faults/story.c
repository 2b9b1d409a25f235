#include "tests/store_faults/story.h"

#include "lib/store/admit.h"
#include "lib/store/handoff.h"
#include "lib/store/revocations.h"
#include "lib/store/tickets.h"
#include "tests/store_faults/pruning.h"

#include <stdio.h>
#include <string.h>

uint64_t
story_random(uint64_t *state)
{
    uint64_t x = *state += 0x9e3779b97f4a7c15U;

    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9U;
    x = (x ^ x >> 27) * 0x94d049bb133111ebU;
    return x ^ x >> 31;
}

size_t
story_below(uint64_t *state, size_t limit)
{
    return (size_t)(story_random(state) % limit);
}

bool
story_full(const struct story *story)
{
    return story->count >= STORY_FACTS;
}

static const struct pjwt_asker asker = {
    .pid = 1000, .parent = 999, .started = 5, .parent_started = 4};

/* prefix, number */
static void
set(char *out, size_t size, const char *prefix, size_t number)
{
    (void)snprintf(out, size, "%s%u", prefix, (unsigned)number);
}

static pjwt_verdict
issue(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_ticket row = {.created = STORY_NOW, .expires = STORY_NOW + 3600};

    (void)story;
    set(row.user, sizeof(row.user), "user", story->count % 7);
    (void)snprintf(row.services, sizeof(row.services), "sshd");
    PJWT_TRY(pjwt_ticket_issue(store, &row, &text));
    memcpy(fact->text, pjwt_secret_bytes(text), pjwt_secret_len(text));
    return PJWT_SAY(OK);
}

static pjwt_verdict
revoke_ticket(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    char id[PJWT_TICKET_ID_LEN + 1] = "";

    memcpy(id, story->fact[fact->of].text + 5, PJWT_TICKET_ID_LEN);
    return pjwt_revocation_ticket(store, id, STORY_NOW, "root", "test");
}

static pjwt_verdict
revoke_jti(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    struct pjwt_revocation row = {
        .kind = PJWT_REVOKE_JTI, .iss = "https://idp", .created = STORY_NOW};

    set(fact->text, sizeof(fact->text), "jti-", story->count);
    set(row.value, sizeof(row.value), "jti-", story->count);
    return pjwt_revocation_add(store, &row, NULL);
}

static pjwt_verdict
block(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    set(fact->text, sizeof(fact->text), "blocked", story->count);
    return pjwt_block_add(store, fact->text, STORY_NOW, 0, "root", "test");
}

static pjwt_verdict
login(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    const struct pjwt_grant grant = {.user = "alice", .service = "sshd", .issued = STORY_NOW};
    const struct pjwt_clock clock = {STORY_NOW, 5000, "a"};

    (void)story;
    return pjwt_admit(store, &grant, &asker, &clock, fact->text);
}

static pjwt_verdict
take(struct pjwt_store *store, const char *id)
{
    struct pjwt_grant grant;

    return pjwt_handoff_take(store, id, "alice", "", "sshd", &asker, STORY_NOW, &grant);
}

static pjwt_verdict
spend(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    return take(store, story->fact[fact->of].text);
}

static pjwt_verdict
prune(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    (void)story;
    (void)fact;
    return pruning_run(store, STORY_NOW);
}

/* What is good once and is used stays used: what each operation needs, and how it is done. */
static const struct operation {
    pjwt_verdict (*run)(struct pjwt_store *, struct story *, struct story_fact *);
    bool needs;             /* a fact that stands, */
    enum story_kind needed; /* of this kind */
} operations[] = {
    [STORY_ISSUE] = {issue, false, STORY_ISSUE},
    [STORY_REVOKE] = {revoke_ticket, true, STORY_ISSUE},
    [STORY_JTI] = {revoke_jti, false, STORY_ISSUE},
    [STORY_BLOCK] = {block, false, STORY_ISSUE},
    [STORY_LOGIN] = {login, false, STORY_ISSUE},
    [STORY_SPEND] = {spend, true, STORY_LOGIN},
    [STORY_PRUNE] = {prune, false, STORY_ISSUE},
};

#define KINDS (sizeof(operations) / sizeof(operations[0]))

/* The fact that ended this one, or began to; NULL: it stands. */
static const struct story_fact *
end_of(const struct story *story, size_t at)
{
    enum story_kind by = story->fact[at].kind == STORY_ISSUE ? STORY_REVOKE : STORY_SPEND;

    for (size_t i = at + 1; i < story->count; i++) {
        const struct story_fact *fact = &story->fact[i];

        if (fact->kind == by && fact->of == at && fact->state != STORY_NOTHING) {
            return fact;
        }
    }
    return NULL;
}

static bool
find_standing(const struct story *story, enum story_kind kind, uint64_t *random, size_t *at)
{
    size_t start = story->count == 0 ? 0 : story_below(random, story->count);

    for (size_t i = 0; i < story->count; i++) {
        *at = (start + i) % story->count;
        if (story->fact[*at].kind == kind && story->fact[*at].state == STORY_ACKNOWLEDGED &&
            end_of(story, *at) == NULL) {
            return true;
        }
    }
    return false;
}

bool
story_step(struct story *story, struct pjwt_store *store, uint64_t *random)
{
    struct story_fact *fact = &story->fact[story->count];
    enum story_kind kind = (enum story_kind)story_below(random, KINDS);
    size_t of = 0;
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (story_full(story)) {
        return true;
    }
    if (operations[kind].needs && !find_standing(story, operations[kind].needed, random, &of)) {
        kind = operations[kind].needed; /* so that there is one the next time */
    }
    *fact = (struct story_fact){.kind = kind, .state = STORY_BEGUN, .of = of};
    story->count++;
    v = operations[kind].run(store, story, fact);
    if (!pjwt_ok(v)) {
        (void)snprintf(story->trouble, sizeof(story->trouble), "operation %d: %s", (int)kind,
                       pjwt_code(v));
        return false;
    }
    __atomic_store_n(&fact->state, STORY_ACKNOWLEDGED, __ATOMIC_RELEASE);
    return true;
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
    struct pjwt_grant grant = {.user = "alice", .iss = "https://idp"};

    (void)snprintf(grant.jti, sizeof(grant.jti), "%s", jti);
    return pjwt_revocation_check(store, &grant, STORY_NOW, report);
}

/* What the store says of one fact, and what it must say. */
static pjwt_verdict
ask(struct pjwt_store *store, const struct story *story, size_t at, pjwt_verdict *wanted,
    struct pjwt_report *report)
{
    const struct story_fact *fact = &story->fact[at];

    switch (fact->kind) {
    case STORY_ISSUE:
        *wanted = PJWT_SAY(OK);
        return ask_ticket(store, fact->text, report);
    case STORY_REVOKE:
        *wanted = PJWT_SAY(TICKET_REVOKED);
        return ask_ticket(store, story->fact[fact->of].text, report);
    case STORY_JTI:
        *wanted = PJWT_SAY(JTI_REVOKED);
        return ask_jti(store, fact->text, report);
    case STORY_BLOCK:
        *wanted = PJWT_SAY(USER_BLOCKED);
        return pjwt_revocation_check_user(store, fact->text, STORY_NOW, report);
    case STORY_SPEND:
        *wanted = PJWT_SAY(LOGIN_UNKNOWN);
        return take(store, story->fact[fact->of].text);
    case STORY_LOGIN: /* to take it would change it */
    case STORY_PRUNE: /* what must still be there is another fact */
        break;
    }
    *wanted = PJWT_SAY(OK);
    return PJWT_SAY(OK);
}

/* A refusal of the store itself must say in its line what is wrong. */
static enum story_end
refused(pjwt_verdict v, const struct pjwt_why *why, struct pjwt_why *words)
{
    pjwt_why_set(words, "%s: %s", pjwt_code(v), why->text);
    return pjwt_class_of(v) == PJWT_CLASS_STORE && why->text[0] != '\0' ? STORY_REFUSED
                                                                        : STORY_WRONG;
}

static enum story_end
check_fact(const struct story *story, size_t at, struct pjwt_store *store,
           struct pjwt_why *words)
{
    const struct story_fact *fact = &story->fact[at];
    struct pjwt_report report = {0};
    pjwt_verdict wanted = PJWT_SAY(UNSET);
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (fact->state != STORY_ACKNOWLEDGED ||
        (fact->kind == STORY_ISSUE && end_of(story, at) != NULL)) {
        return STORY_RIGHT; /* what ends it is asked for itself, if it was acknowledged */
    }
    v = pjwt_store_explain(store, ask(store, story, at, &wanted, &report), &report.why);
    if (v.reason == wanted.reason) {
        return STORY_RIGHT;
    }
    if (pjwt_class_of(v) == PJWT_CLASS_STORE) {
        if (report.why.text[0] == '\0') { /* a handoff has no report: its code's own words */
            pjwt_why_set(&report.why, "%s", pjwt_text(v));
        }
        return refused(v, &report.why, words);
    }
    pjwt_why_set(words, "fact %zu of kind %d: %s, not %s", at, (int)fact->kind, pjwt_code(v),
                 pjwt_code(wanted));
    return STORY_WRONG;
}

enum story_end
story_check(const struct story *story, const char *dir, struct pjwt_why *words)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_store_open(dir, &store, &why);
    enum story_end end = STORY_RIGHT;

    if (!pjwt_ok(v)) {
        return refused(v, &why, words);
    }
    for (size_t i = 0; i < story->count; i++) {
        enum story_end one = check_fact(story, i, store, words);

        if (one == STORY_WRONG) {
            return one;
        }
        end = one == STORY_REFUSED ? one : end;
    }
    return end;
}
