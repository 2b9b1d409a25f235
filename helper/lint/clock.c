/* Does the clock tell the time? Expiry is only as good as it is. */
#include "helper/lint/lint.h"
#include "lib/store/store.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/timex.h>

#define SLACK 120 /* seconds: a leeway's worth; below it nothing is decided wrongly */

/* A file that the machine itself wrote carries the time of that. */
static void
compare_with(struct pjwt_lint *lint, const char *path)
{
    struct stat st;

    if (stat(path, &st) == 0 && st.st_mtime > lint->cmd->now + SLACK) {
        pjwt_lint_add(lint, PJWT_FINDING_CLOCK_BEHIND, path, 0,
                      "it was written %lld seconds from now",
                      (long long)st.st_mtime - (long long)lint->cmd->now);
    }
}

static void
compare_with_store(struct pjwt_lint *lint)
{
    static const char *const names[] = {PJWT_STORE_FILE, PJWT_STORE_FILE "-wal"};
    PJWT_AUTO(text) char *state = pjwt_lint_path(lint, lint->config->state);

    for (size_t i = 0; state != NULL && i < sizeof(names) / sizeof(names[0]); i++) {
        PJWT_AUTO(text) char *path = pjwt_config_path(state, names[i]);

        if (path != NULL) {
            compare_with(lint, path);
        }
    }
}

/* adjtimex(2) with no mode only looks: "TIME_ERROR: the system clock is not synchronized". */
static void
ask_kernel(struct pjwt_lint *lint)
{
    struct timex state = {.modes = 0};
    int answer = adjtimex(&state);

    if (answer == TIME_ERROR || (answer >= 0 && (state.status & STA_UNSYNC) != 0)) {
        pjwt_lint_add(lint, PJWT_FINDING_CLOCK_FREE, "clock", 0, NULL);
    } else if (answer < 0) {
        pjwt_lint_unexamined(lint, "clock", "the kernel does not tell the state of its clock");
    }
}

void
pjwt_lint_clock(struct pjwt_lint *lint)
{
    if (lint->config != NULL) {
        compare_with_store(lint);
    }
    if (lint->root[0] == '\0') { /* another tree has no clock of its own */
        compare_with(lint, "/proc/self/exe");
        ask_kernel(lint);
    }
}
