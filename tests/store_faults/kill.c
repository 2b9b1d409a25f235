/* Does all that was acknowledged outlive kill -9? */
#include "tests/store_faults/faults.h"
#include "tests/store_faults/house.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUND 24 /* kills that one store goes through */

static _Noreturn void
work(struct story *story, uint64_t random)
{
    struct pjwt_store *store = house_open();

    while (story_step(story, store, &random)) {
        if (story_full(story)) {
            (void)pause();
        }
    }
    _exit(1);
}

/* Somewhere within the first operations: opening the store belongs to it. */
static void
wait_a_little(uint64_t *random)
{
    struct timespec span = {.tv_nsec = (long)story_below(random, 6000000)};

    (void)nanosleep(&span, NULL);
}

static enum story_end
one_kill(struct story *story, uint64_t *random, struct pjwt_why *words)
{
    uint64_t seed = story_random(random);
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        work(story, seed);
    }
    wait_a_little(random);
    if (child < 0 || kill(child, SIGKILL) != 0 || waitpid(child, &status, 0) != child) {
        house_die("fork");
    }
    if (!WIFSIGNALED(status)) {
        pjwt_why_set(words, "before the kill: %s", story->trouble);
        return STORY_WRONG;
    }
    return story_check(story, house_dir(), words);
}

void
faults_kill(size_t trials, uint64_t seed)
{
    struct story *story =
        mmap(NULL, sizeof(*story), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct house_counts counts = {0};
    struct house_tally during = {0};

    if (story == MAP_FAILED) {
        house_die("mmap");
    }
    for (size_t i = 0; i < trials; i++) {
        struct pjwt_why words = {""};
        enum story_end end = STORY_RIGHT;

        if (i % ROUND == 0) {
            house_build();
            memset(story, 0, sizeof(*story));
        }
        end = one_kill(story, &seed, &words);
        house_count(&counts, i, end, &words);
        house_tally_add(&during, story_doing(story) == NULL ? "nothing" : story_doing(story));
    }
    house_report("kill -9 during issue, renew, exchange, revoke, undo, block, log in and spend",
                 &counts, false);
    house_tally_print(&during, "killed during");
}
