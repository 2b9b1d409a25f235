/* Does all that was acknowledged outlive a power cut? */
#include "tests/store_faults/faults.h"
#include "tests/store_faults/house.h"
#include "tests/store_faults/record.h"

#include "lib/store/db.h"

#include <stdlib.h>
#include <string.h>

#define STEPS 120 /* so many that the log is emptied again and again */
#define CUTS  25  /* of one recorded run */

/* Notes for each fact after which event it was begun and acknowledged. */
static void
run(struct story *story, uint64_t *random)
{
    struct pjwt_store *store = NULL;

    memset(story, 0, sizeof(*story));
    house_build();
    record_start();
    store = house_open();
    for (size_t i = 0; i < STEPS; i++) {
        size_t begun = record_count();

        if (story_below(random, 4) == 0) { /* most processes write once */
            pjwt_store_close(store);
            store = house_open();
        }
        if (!story_step(story, store, random)) {
            house_die(story->trouble);
        }
        story->fact[i].begun_at = begun;
        story->fact[i].acknowledged_at = record_count();
    }
    record_stop();
    pjwt_store_close(store);
}

/* What was known to whom when the power went. */
static void
story_until(const struct story *whole, size_t at, struct story *story)
{
    *story = *whole;
    for (size_t i = 0; i < whole->count; i++) {
        struct story_fact *fact = &story->fact[i];

        if (fact->begun_at >= at) {
            fact->state = STORY_NOTHING;
        } else if (fact->acknowledged_at > at) {
            fact->state = STORY_BEGUN;
        }
    }
}

struct cut {
    const struct story *whole;
    uint64_t random;
};

static enum story_end
one_cut(void *context, struct pjwt_why *words)
{
    struct cut *cut = context;
    struct story *story = calloc(1, sizeof(*story));
    struct house_image image[HOUSE_FILES] = {0};
    size_t at = story_below(&cut->random, record_count() + 1);
    unsigned chance = (unsigned)story_below(&cut->random, 5);
    enum story_end end = STORY_RIGHT;

    if (story == NULL) {
        house_die("memory");
    }
    story_until(cut->whole, at, story);
    record_cut(at, chance, &cut->random, image);
    house_write(image);
    house_free(image);
    end = story_check(story, house_dir(), words);
    free(story);
    return end;
}

void
faults_power(size_t trials, uint64_t seed)
{
    struct story *story = calloc(1, sizeof(*story));
    struct house_counts counts = {0};

    if (story == NULL) {
        house_die("memory");
    }
    record_install();
    for (size_t i = 0; i < trials; i++) {
        struct cut cut = {.whole = story};

        if (i % CUTS == 0) {
            run(story, &seed);
        }
        cut.random = story_random(&seed);
        house_try(&counts, i, one_cut, &cut);
    }
    house_report("a power cut, with sectors that were not synced lost", &counts, false);
    free(story);
}
