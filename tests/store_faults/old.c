/* Is an old backup that was put back refused, until it is accepted? */
#include "tests/store_faults/answers.h"
#include "tests/store_faults/faults.h"
#include "tests/store_faults/house.h"
#include "tests/store_faults/operations.h"

#include "lib/store/revocations.h"
#include "lib/store/upkeep.h"

#include <stdlib.h>
#include <string.h>

/* The store as it was some operations ago, beside the guard of today. */
static enum story_end
put_back(struct story *story, uint64_t *random, struct pjwt_why *words)
{
    struct pjwt_store *store = house_open();
    struct house_image old[HOUSE_FILES] = {0};
    struct house_image now[HOUSE_FILES] = {0};
    enum story_end end = STORY_RIGHT;

    for (size_t i = story_below(random, 12); i > 0; i--) {
        (void)story_step(story, store, random);
    }
    house_read(old);
    for (size_t i = 1 + story_below(random, 6); i > 0; i--) {
        (void)story_step(story, store, random);
    }
    while (story->fact[story->count - 1].kind == STORY_LOGIN) { /* which does not count */
        (void)story_step(story, store, random);
    }
    pjwt_store_close(store);
    house_read(now);
    free(old[HOUSE_FILES - 1].bytes); /* the guard is not in a backup */
    old[HOUSE_FILES - 1] = now[HOUSE_FILES - 1];
    now[HOUSE_FILES - 1] = (struct house_image){0};
    house_write(old);
    house_free(old);
    house_free(now);
    end = story_check(story, house_dir(), words);
    if (end != STORY_REFUSED || strncmp(words->text, "store-behind", 12) != 0) {
        return STORY_WRONG;
    }
    return end;
}

/* What was spent since the backup is not known to be spent any more. */
static bool
token_is_good(const struct story_fact *fact, struct pjwt_store *store)
{
    struct pjwt_report report = {0};
    struct pjwt_grant token;

    operation_token(fact, &token);
    return fact->kind == STORY_EXCHANGE &&
           pjwt_ok(pjwt_revocation_check(store, &token, STORY_NOW, &report));
}

/* After that it opens, and admits nothing of all it knew. */
static enum story_end
accept_it(struct story *story, enum story_end end, struct pjwt_why *words)
{
    static const char *const iss[] = {"https://idp"};
    struct pjwt_acceptance acceptance = {.iss = iss,
                                         .issuers = 1,
                                         .now = STORY_NOW,
                                         .expires = STORY_NOW + 9000,
                                         .by = "root",
                                         .why = "test"};
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    long tickets = 0;
    size_t good = 0;

    if (end != STORY_REFUSED) {
        return end;
    }
    if (!pjwt_ok(pjwt_store_accept(house_dir(), &acceptance, &tickets, words))) {
        return STORY_WRONG;
    }
    store = house_open();
    for (size_t i = 0; i < story->count; i++) { /* every secret, revoked or not */
        if ((OPERATION_TICKETS & 1U << story->fact[i].kind) != 0) {
            good += token_is_good(&story->fact[i], store) ? 1 : 0;
            story->fact[i].kind = STORY_ISSUE;
            good += answers_check(story, i, false, store, words) == STORY_RIGHT ? 1 : 0;
        }
    }
    pjwt_why_set(words, "store-behind: when it was accepted, %zu credentials were good", good);
    return good == 0 ? STORY_REFUSED : STORY_WRONG;
}

void
faults_old(size_t trials, uint64_t seed)
{
    struct story *story = calloc(1, sizeof(*story));
    struct house_counts counts = {0};

    if (story == NULL) {
        house_die("memory");
    }
    for (size_t i = 0; i < trials; i++) {
        struct pjwt_why words = {""};
        enum story_end end = STORY_RIGHT;

        house_build();
        memset(story, 0, sizeof(*story));
        end = put_back(story, &seed, &words);
        end = accept_it(story, end, &words);
        house_count(&counts, i, end, &words);
    }
    house_report("an old backup put back, and accepted", &counts, true);
    free(story);
}
