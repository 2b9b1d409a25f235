#include "tests/store_faults/story.h"

#include "tests/store_faults/answers.h"
#include "tests/store_faults/operations.h"

#include "lib/store/audit.h"

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

/* Did another fact end this one, or begin to? */
static bool
ended(const struct story *story, size_t at)
{
    for (size_t i = at + 1; i < story->count; i++) {
        const struct story_fact *fact = &story->fact[i];

        if ((operation_ends(fact->kind) & 1U << story->fact[at].kind) != 0 && fact->of == at &&
            fact->state != STORY_NOTHING) {
            return true;
        }
    }
    return false;
}

static bool
find_standing(const struct story *story, unsigned kinds, uint64_t *random, size_t *at)
{
    size_t start = story->count == 0 ? 0 : story_below(random, story->count);

    for (size_t i = 0; i < story->count; i++) {
        *at = (start + i) % story->count;
        if ((kinds & 1U << story->fact[*at].kind) != 0 &&
            story->fact[*at].state == STORY_ACKNOWLEDGED && !ended(story, *at)) {
            return true;
        }
    }
    return false;
}

bool
story_step(struct story *story, struct pjwt_store *store, uint64_t *random)
{
    struct story_fact *fact = &story->fact[story->count];
    enum story_kind kind = (enum story_kind)story_below(random, STORY_KINDS);
    unsigned ends = operation_ends(kind);
    size_t of = 0;
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (story_full(story)) {
        return true;
    }
    if (ends != 0 && !find_standing(story, ends, random, &of)) {
        kind = (enum story_kind)__builtin_ctz(ends); /* so that there is one the next time */
    }
    *fact = (struct story_fact){.kind = kind, .state = STORY_BEGUN, .of = of};
    story->count++;
    v = operation_run(store, story, fact);
    if (!pjwt_ok(v)) {
        (void)snprintf(story->trouble, sizeof(story->trouble), "%s: %s", operation_name(kind),
                       pjwt_code(v));
        return false;
    }
    __atomic_store_n(&fact->state, STORY_ACKNOWLEDGED, __ATOMIC_RELEASE);
    return true;
}

const char *
story_doing(const struct story *story)
{
    size_t last = story->count - 1;

    return story->count > 0 && story->fact[last].state == STORY_BEGUN
               ? operation_name(story->fact[last].kind)
               : NULL;
}

static bool
count_row(void *context, const struct pjwt_audit *row)
{
    (void)row;
    ++*(size_t *)context;
    return true;
}

/* Who did what that was acknowledged is known: a login has no row of its own. */
static enum story_end
check_audit(const struct story *story, struct pjwt_store *store, struct pjwt_why *words)
{
    const struct pjwt_audit_filter all = {.since = 0};
    size_t wanted = 0;
    size_t rows = 0;
    pjwt_verdict v = pjwt_audit_list(store, &all, count_row, &rows);

    for (size_t i = 0; i < story->count; i++) {
        wanted += story->fact[i].state == STORY_ACKNOWLEDGED &&
                          story->fact[i].kind != STORY_LOGIN &&
                          story->fact[i].kind != STORY_SPEND
                      ? 1
                      : 0;
    }
    if (!pjwt_ok(v)) {
        struct pjwt_why why = {""};

        pjwt_why_set(&why, "%s", pjwt_text(v));
        return answers_refused(pjwt_store_explain(store, v, &why), &why, words);
    }
    pjwt_why_set(words, "%zu rows of audit for %zu changes", rows, wanted);
    return rows >= wanted ? STORY_RIGHT : STORY_WRONG;
}

enum story_end
story_check(const struct story *story, const char *dir, struct pjwt_why *words)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_store_open(dir, &store, &why);
    enum story_end end = STORY_RIGHT;

    if (!pjwt_ok(v)) {
        return answers_refused(v, &why, words);
    }
    for (size_t i = 0; i <= story->count; i++) {
        struct pjwt_why said = {""};
        enum story_end one = i < story->count
                                 ? answers_check(story, i, ended(story, i), store, &said)
                                 : check_audit(story, store, &said);

        if (one != STORY_RIGHT) {
            *words = said;
            end = one;
        }
        if (one == STORY_WRONG) {
            return one;
        }
    }
    return end;
}
