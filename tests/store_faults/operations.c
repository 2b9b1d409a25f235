#include "tests/store_faults/operations.h"

#include "tests/store_faults/pruning.h"

#include "lib/store/admit.h"
#include "lib/store/revocation_list.h"
#include "lib/store/revocations.h"
#include "lib/store/tickets.h"

#include <stdio.h>
#include <string.h>

static const struct pjwt_asker asker = {
    .pid = 1000, .parent = 999, .started = 5, .parent_started = 4};

/* Where the secret of a new ticket is noted as soon as there is one: a process that is killed
 * later tells nobody. */
static struct story_fact *making;

/* The linker brings lib/'s own calls here (--wrap). */
pjwt_verdict __real_pjwt_ticket_make(struct pjwt_secret **text,
                                     struct pjwt_ticket_text *ticket);
pjwt_verdict __wrap_pjwt_ticket_make(struct pjwt_secret **text,
                                     struct pjwt_ticket_text *ticket);
pjwt_verdict __real_pjwt_ticket_remake(const char *id, struct pjwt_secret **text,
                                       struct pjwt_ticket_text *ticket);
pjwt_verdict __wrap_pjwt_ticket_remake(const char *id, struct pjwt_secret **text,
                                       struct pjwt_ticket_text *ticket);

static pjwt_verdict
note(pjwt_verdict v, struct pjwt_secret *const *text)
{
    if (pjwt_ok(v) && making != NULL) {
        memcpy(making->text, pjwt_secret_bytes(*text), pjwt_secret_len(*text));
    }
    return v;
}

pjwt_verdict
__wrap_pjwt_ticket_make(struct pjwt_secret **text, struct pjwt_ticket_text *ticket)
{
    return note(__real_pjwt_ticket_make(text, ticket), text);
}

pjwt_verdict
__wrap_pjwt_ticket_remake(const char *id, struct pjwt_secret **text,
                          struct pjwt_ticket_text *ticket)
{
    return note(__real_pjwt_ticket_remake(id, text, ticket), text);
}

/* prefix, number */
static void
set(char *out, size_t size, const char *prefix, size_t number)
{
    (void)snprintf(out, size, "%s%u", prefix, (unsigned)number);
}

static struct pjwt_ticket
new_ticket(void)
{
    return (struct pjwt_ticket){.services = "sshd",
                                .created = STORY_NOW,
                                .expires = STORY_NOW + 3600,
                                .renewable_until = STORY_NOW + 9000};
}

static pjwt_verdict
issue(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_ticket row = new_ticket();

    (void)fact;
    set(row.user, sizeof(row.user), "user", story->count % 7);
    return pjwt_ticket_issue(store, &row, &text);
}

static pjwt_verdict
renew(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    const char *old = story->fact[fact->of].text;
    PJWT_AUTO(secret) struct pjwt_secret *typed = pjwt_secret_copy(old, strlen(old));
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_ticket row = {.id = ""};
    struct pjwt_report report = {0};

    return pjwt_ticket_renew(store, typed, STORY_NOW, &row, &text, &report);
}

void
operation_token(const struct story_fact *fact, struct pjwt_grant *grant)
{
    *grant = (struct pjwt_grant){.user = "alice",
                                 .iss = OPERATION_ISS,
                                 .sub = "alice",
                                 .iat = STORY_NOW,
                                 .issued = STORY_NOW,
                                 .expires = STORY_NOW + 900,
                                 .one_time = true};
    set(grant->jti, sizeof(grant->jti), "once-", fact->number);
}

static pjwt_verdict
exchange(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_ticket row = new_ticket();
    struct pjwt_report report = {0};
    struct pjwt_grant token;

    fact->number = story->base + story->count;
    operation_token(fact, &token);
    return pjwt_ticket_exchange(store, &row, &token, &text, &report);
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
        .kind = PJWT_REVOKE_JTI, .iss = OPERATION_ISS, .created = STORY_NOW};

    set(fact->text, sizeof(fact->text), "jti-", story->base + story->count);
    set(row.value, sizeof(row.value), "jti-", story->base + story->count);
    return pjwt_revocation_add(store, &row, NULL);
}

struct search {
    const char *value;
    char id[PJWT_TICKET_ID_LEN + 1];
};

static bool
is_wanted(void *context, const struct pjwt_revoked *row)
{
    struct search *search = context;

    if (strcmp(row->row.value, search->value) == 0) {
        memcpy(search->id, row->id, sizeof(search->id));
    }
    return search->id[0] == '\0';
}

static pjwt_verdict
undo(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    struct search search = {.value = story->fact[fact->of].text};
    struct pjwt_revoked undone;

    PJWT_TRY(pjwt_revocation_list(store, is_wanted, &search));
    return pjwt_revocation_undo(store, search.id, &undone);
}

static pjwt_verdict
block(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    set(fact->text, sizeof(fact->text), "blocked", story->base + story->count);
    return pjwt_block_add(store, fact->text, STORY_NOW, 0, "root", "test");
}

static pjwt_verdict
unblock(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    return pjwt_block_remove(store, story->fact[fact->of].text);
}

static pjwt_verdict
login(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    const struct pjwt_grant grant = {.user = "alice", .service = "sshd", .issued = STORY_NOW};
    const struct pjwt_clock clock = {STORY_NOW, 5000, "a"};

    (void)story;
    return pjwt_admit(store, &grant, NULL, &asker, &clock, fact->text);
}

pjwt_verdict
operation_take(struct pjwt_store *store, const char *id)
{
    struct pjwt_grant grant;

    return pjwt_handoff_take(store, id, "alice", "", "sshd", &asker, STORY_NOW, &grant);
}

static pjwt_verdict
spend(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    return operation_take(store, story->fact[fact->of].text);
}

static pjwt_verdict
prune(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    (void)story;
    (void)fact;
    return pruning_run(store, STORY_NOW);
}

static const struct operation {
    pjwt_verdict (*run)(struct pjwt_store *, struct story *, struct story_fact *);
    unsigned ends;
    const char *name;
} operations[STORY_KINDS] = {
    [STORY_ISSUE] = {issue, 0, "issue"},
    [STORY_JTI] = {revoke_jti, 0, "revoke a token"},
    [STORY_BLOCK] = {block, 0, "block"},
    [STORY_LOGIN] = {login, 0, "log in"},
    [STORY_EXCHANGE] = {exchange, 0, "exchange"},
    [STORY_REVOKE] = {revoke_ticket, OPERATION_TICKETS, "revoke a ticket"},
    [STORY_RENEW] = {renew, OPERATION_TICKETS, "renew"},
    [STORY_SPEND] = {spend, 1U << STORY_LOGIN, "spend"},
    [STORY_UNDO] = {undo, 1U << STORY_JTI, "undo"},
    [STORY_UNBLOCK] = {unblock, 1U << STORY_BLOCK, "unblock"},
    [STORY_PRUNE] = {prune, 0, "prune"},
};

unsigned
operation_ends(enum story_kind kind)
{
    return operations[kind].ends;
}

const char *
operation_name(enum story_kind kind)
{
    return operations[kind].name;
}

pjwt_verdict
operation_run(struct pjwt_store *store, struct story *story, struct story_fact *fact)
{
    pjwt_verdict v = PJWT_SAY(UNSET);

    making = fact;
    v = operations[fact->kind].run(store, story, fact);
    making = NULL;
    return v;
}
