#include "lib/store/prune.h"

#include "lib/store/change.h"
#include "lib/store/log.h"
#include "lib/store/prune_walk.h"
#include "lib/store/replay.h"

#include <stdio.h>
#include <string.h>
#include <sys/file.h>

/* KiB: a batch writes into several trees, and what is read twice is checked twice. */
#define CACHE "PRAGMA cache_size=-32768"

/* A row each: its name for programs; one and several of it, for people. */
static const struct {
    const char *name;
    const char *one, *several;
} kinds[] = {
    [PJWT_PRUNE_TICKETS] = {"tickets", "ticket", "tickets"},
    [PJWT_PRUNE_REVOCATIONS] = {"revocations", "revocation", "revocations"},
    [PJWT_PRUNE_BLOCKS] = {"blocks", "block", "blocks"},
    [PJWT_PRUNE_SPENT] = {"spent", "spent token", "spent tokens"},
    [PJWT_PRUNE_HANDOFFS] = {"handoffs", "handoff", "handoffs"},
};

_Static_assert(PJWT_COUNT(kinds) == PJWT_PRUNE_KINDS, "every kind has its names");

const char *
pjwt_prune_name(enum pjwt_prune_kind kind)
{
    return kinds[kind].name;
}

long
pjwt_prune_gone(const struct pjwt_prune *prune)
{
    long sum = 0;

    for (size_t i = 0; i < PJWT_PRUNE_KINDS; i++) {
        sum += prune->gone[i];
    }
    return sum;
}

void
pjwt_prune_words(const struct pjwt_prune *prune, char words[PJWT_PRUNE_WORDS])
{
    size_t len = 0;

    for (size_t i = 0; i < PJWT_PRUNE_KINDS; i++) {
        int n = snprintf(words + len, PJWT_PRUNE_WORDS - len, "%s%ld %s", i == 0 ? "" : ", ",
                         prune->gone[i], prune->gone[i] == 1 ? kinds[i].one : kinds[i].several);

        len += n > 0 && (size_t)n < PJWT_PRUNE_WORDS - len ? (size_t)n : 0;
    }
}

/* The mark alone, in a transaction of its own. Time that passed without a login is confirmed
 * here as it would be there. */
pjwt_verdict
pjwt_prune_begin(struct pjwt_store *store, const struct pjwt_clock *clock,
                 struct pjwt_prune *prune, struct pjwt_why *why)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    struct pjwt_prune begun = {.kind = 0};

    PJWT_TRY(pjwt_clock_check(store, clock, why));
    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(pjwt_clock_advance(store, clock, &begun.by, NULL));
    PJWT_TRY(pjwt_change_commit(&change));
    PJWT_TRY(pjwt_db_run(store, CACHE, PJWT_NO_ARGS, NULL));
    pjwt_log_leave(store->db);
    *prune = begun;
    return PJWT_SAY(OK);
}

void
pjwt_prune_carry(struct pjwt_store *store)
{
    pjwt_log_carry_over(store->db, &store->patience);
}

/* In line, where no login begins to write meanwhile and is turned away. */
void
pjwt_prune_end(struct pjwt_store *store)
{
    if (pjwt_ok(pjwt_change_stand_in_line(store))) {
        pjwt_log_settle(store->db, &store->patience);
        (void)flock(store->queue, LOCK_UN);
    }
}

static pjwt_verdict
forget(struct pjwt_store *store, const struct pjwt_prune *prune,
       const struct pjwt_stretch *stretch, size_t at_most, long *gone)
{
    switch (prune->kind) {
    case PJWT_PRUNE_SPENT:
        return pjwt_replay_forget_some(store, prune->by, (long)at_most, gone);
    case PJWT_PRUNE_HANDOFFS:
        return pjwt_db_run(
            store,
            "DELETE FROM handoffs WHERE hash IN"
            " (SELECT hash FROM handoffs WHERE until<=? ORDER BY until LIMIT ?)",
            PJWT_ARGS(pjwt_arg_number(prune->by), pjwt_arg_number((int64_t)at_most)), gone);
    default:
        return pjwt_walk_forget(store, prune, stretch, gone);
    }
}

/* What goes and what the audit says of it stand or fall together; the sum is right after each
 * batch, wherever the run is killed. */
static pjwt_verdict
commit(struct pjwt_store *store, struct pjwt_prune *prune, const struct pjwt_stretch *stretch,
       size_t at_most, long *gone)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    struct pjwt_prune next = *prune;
    char words[PJWT_PRUNE_WORDS];

    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(forget(store, prune, stretch, at_most, gone));
    if (*gone == 0) {
        return PJWT_SAY(OK);
    }
    next.gone[prune->kind] += *gone;
    pjwt_prune_words(&next, words);
    PJWT_TRY(pjwt_audit_amend(&change, "prune", words, &next.audit));
    PJWT_TRY(pjwt_change_commit(&change));
    *prune = next;
    return PJWT_SAY(OK);
}

/* By the clock's index: the oldest first, until there are fewer than asked for. */
static pjwt_verdict
step_by_index(struct pjwt_store *store, struct pjwt_prune *prune, size_t at_most, bool *end)
{
    long gone = 0;

    PJWT_TRY(commit(store, prune, NULL, at_most, &gone));
    *end = gone < (long)at_most;
    return PJWT_SAY(OK);
}

static pjwt_verdict
step_along(struct pjwt_store *store, struct pjwt_prune *prune, size_t at_most, bool *end)
{
    struct pjwt_stretch stretch = {.ended = 0};
    long gone = 0;

    PJWT_TRY(pjwt_walk_look(store, prune, at_most, &stretch));
    if (stretch.ended > 0) {
        PJWT_TRY(commit(store, prune, &stretch, at_most, &gone));
    }
    prune->place = stretch.to;
    *end = stretch.last;
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_prune_step(struct pjwt_store *store, struct pjwt_prune *prune, size_t at_most, bool *more)
{
    bool end = false;

    if (at_most < 1 || at_most > PJWT_PRUNE_BATCH || prune->kind >= PJWT_PRUNE_KINDS) {
        return PJWT_SAY(INTERNAL);
    }
    if (prune->kind == PJWT_PRUNE_SPENT || prune->kind == PJWT_PRUNE_HANDOFFS) {
        PJWT_TRY(step_by_index(store, prune, at_most, &end));
    } else {
        PJWT_TRY(step_along(store, prune, at_most, &end));
    }
    if (end) {
        prune->kind++;
        prune->place = (struct pjwt_prune_place){0};
    }
    *more = prune->kind < PJWT_PRUNE_KINDS;
    return PJWT_SAY(OK);
}
