/* Does the store keep its promises under every fault? (TAP)
 * usage: store_faults KIND TRIALS; SEED in the environment repeats a run. */
#include "tests/store_faults/faults.h"
#include "tests/store_faults/house.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const struct {
    const char *name;
    void (*run)(size_t trials, uint64_t seed);
} kinds[] = {
    {"kill", faults_kill}, {"power", faults_power}, {"damage", faults_damage},
    {"old", faults_old},   {"full", faults_full},
};

int
main(int argc, char **argv)
{
    const char *given = getenv("SEED");
    uint64_t seed =
        given == NULL || given[0] == '\0' ? (uint64_t)time(NULL) : strtoull(given, NULL, 10);
    size_t trials = argc < 3 ? 0 : strtoul(argv[2], NULL, 10);

    for (size_t i = 0; argc == 3 && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(argv[1], kinds[i].name) == 0 && trials > 0) {
            (void)printf("# SEED=%llu\n", (unsigned long long)seed);
            (void)fflush(stdout); /* before any child */
            kinds[i].run(trials, seed);
            return house_finish();
        }
    }
    (void)fprintf(stderr, "usage: store_faults kill|power|damage|old|full TRIALS\n");
    return 2;
}
